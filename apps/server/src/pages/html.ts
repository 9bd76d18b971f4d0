/** HTML that is safe by construction: every `${value}` is escaped unless it came from here. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (value: unknown) =>
  String(value).replaceAll(/[&<>"']/g, char => escapes[char] ?? char)

type Part = Html | string | number | null | readonly Html[]

/** Tagged template for small server-made pages. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const rendered = parts.map(part => {
    if (part === null) return ''
    if (part instanceof Html) return part.text
    if (typeof part === 'object') return part.map(item => item.text).join('')
    return escaped(part)
  })
  return new Html(strings.map((string, index) => string + (rendered[index] ?? '')).join(''))
}

/** A whole page in the look of the documentation. */
export const page = (title: string, body: Html): string =>
  html`<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · Kaibo</title>
<link rel="stylesheet" href="/docs/style.css"></head><body><main>${body}</main></body></html>`.text
