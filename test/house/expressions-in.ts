import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** A regular expression as the sources write it, and where. */
export interface WrittenExpression {
  readonly literal: string
  readonly source: string
  readonly flags: string
  readonly at: readonly string[]
}

/** Every literal in the folder, generated files left out, each once. */
export function expressionsIn(folder: string): readonly WrittenExpression[] {
  const places = new Map<string, string[]>()
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(file) || file.includes('generated')) continue
    const text = readFileSync(join(folder, file), 'utf8')
    const root = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const line = root.getLineAndCharacterOfPosition(node.getStart()).line + 1
        places.set(node.text, [...(places.get(node.text) ?? []), `${join(folder, file)}:${line}`])
      }
      ts.forEachChild(node, visit)
    }
    visit(root)
  }
  return [...places].map(([literal, at]) => {
    const end = literal.lastIndexOf('/')
    return { literal, source: literal.slice(1, end), flags: literal.slice(end + 1), at }
  })
}
