/** A setting that cannot be used; `main` prints the sentence and exits with 1. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

export type Setting<T> = {
  readonly fallback: string
  readonly doc: string
  parse(text: string, name: string): T
}

export const port = (fallback: string, doc: string): Setting<number> => ({
  fallback,
  doc,
  parse: (text, name) => {
    const value = Number(text)
    if (Number.isInteger(value) && value >= 1 && value <= 65_535) return value
    throw new ConfigError(`${name} must be a port number from 1 to 65535, but is "${text}".`)
  },
})

export const wholeNumber =
  (unit: string) =>
  (fallback: string, doc: string, range: { min: number; max: number }): Setting<number> => ({
    fallback,
    doc,
    parse: (text, name) => {
      const value = Number(text)
      if (Number.isInteger(value) && value >= range.min && value <= range.max) return value
      throw new ConfigError(
        `${name} must be whole ${unit} from ${range.min} to ${range.max}, but is "${text}".`,
      )
    },
  })
export const seconds = wholeNumber('seconds')
export const days = wholeNumber('days')

export const flag = (fallback: '0' | '1', doc: string): Setting<boolean> => ({
  fallback,
  doc,
  parse: (text, name) => {
    if (text === '0' || text === '1') return text === '1'
    throw new ConfigError(`${name} must be 0 or 1, but is "${text}".`)
  },
})

export const word = <const W extends readonly string[]>(
  words: W,
  fallback: W[number],
  doc: string,
): Setting<W[number]> => ({
  fallback,
  doc,
  parse: (text, name) => {
    const found = words.find(candidate => candidate === text)
    if (found !== undefined) return found
    throw new ConfigError(`${name} must be one of ${words.join(', ')}, but is "${text}".`)
  },
})

export const plain = (fallback: string, doc: string): Setting<string> => ({
  fallback,
  doc,
  parse: text => text,
})

export const httpUrl = (doc: string): Setting<string> => ({
  fallback: '',
  doc,
  parse: (text, name) => {
    if (text === '') return ''
    const url = URL.canParse(text) ? new URL(text) : null
    const isOrigin = url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`
    if (isOrigin) return url.origin
    throw new ConfigError(`${name} must be http(s)://host[:port] and no more, but is "${text}".`)
  },
})
