/** Headers as OpenAPI describes them. */
const text = { type: 'string' }

export const requestHeader = (name: string, description: string): object => ({
  in: 'header',
  name,
  required: false,
  description,
  schema: text,
})

export const answerHeader = (description: string): object => ({ description, schema: text })
