/**
 * Names whose literal values are secrets. Deliberately about the end of a name: `TOKEN_AUDIENCES`, `PASSWORD_FILE` and
 * `secretName` say where a secret is, `DB_PASSWORD` is one.
 */
const field =
  /(?:password|passwd|passphrase)$|^(?:token|pwd)$|(?:access|auth|bearer|refresh|id|session|api)[-_.]?token$|client[-_.]?secret$|(?:api|access|secret|private|signing|encryption|shared|account)[-_.]?key$/i

const settingEnd = /(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|TOKEN|SECRET|KEY|APIKEY|CREDENTIALS?|DSN)$/
const settingForm = /^[A-Z][A-Z0-9_]*$/

const dataKey =
  /(?:^|[._/-])(?:password|passwd|passphrase|pwd|token|credentials?|api[-_]?key|(?:access|secret|private)[-_]?key|client[-_]?secret)$/i

/** Names repeat, so answers are kept, up to a bound. */
const remembering = (ask: (name: string) => boolean): ((name: string) => boolean) => {
  const answers = new Map<string, boolean>()
  return (name) => {
    let answer = answers.get(name)
    if (answer === undefined) {
      answer = ask(name)
      if (answers.size < 20_000 && name.length < 100) answers.set(name, answer)
    }
    return answer
  }
}

/** The name of a label, an annotation or a taint is a key too, and stands in everybody's sight. */
const keyOfMap = /(?:^|_)(?:LABEL|ANNOTATION|TAINT|SELECTOR|FINALIZER|TOPOLOGY|TOLERATION)S?_?KEYS?$/i

/** An environment variable or flag. */
export const isSecretSetting = remembering(
  (name) =>
    settingForm.test(name.toUpperCase()) &&
    settingEnd.test(name.toUpperCase()) &&
    !/PUBLIC_?KEY$/i.test(name) &&
    !keyOfMap.test(name) &&
    (settingForm.test(name) || field.test(name)),
)

/** Does a member of this name hold a secret as its text? */
export const isSecretField = remembering((name) => field.test(name) || isSecretSetting(name))

/** A key of a ConfigMap or an annotation. */
export const isSecretDataKey = remembering((name) => dataKey.test(name) || isSecretField(name))

const harmless = /^(?:|true|false|null|none|\$\(\w+\)|\$\{?\w+\}?|\{\{[^}]*\}\})$/i
const pathLike = /^\.{0,2}\/[\w.-]+(?:\/[\w.-]+)*\/?$/

/** Values of such names that are no secrets: switches, references to variables, paths of files. */
export const isHarmlessValue = (value: string): boolean => harmless.test(value) || (value.length < 200 && pathLike.test(value))
