import type { Catalog } from './translate.ts'

/**
 * What differs between two catalogs of one area: keys present in only one, empty strings, and
 * `{{placeholders}}` that only one of them fills. An empty list means the two agree. Plural forms
 * (`row_one`, `row_other`) count as one key, because Chinese mostly has a single form.
 */
export function parityProblems(zh: Catalog, en: Catalog): string[] {
  const zhByKey = textsByKey(zh)
  const enByKey = textsByKey(en)
  const problems: string[] = []
  for (const key of new Set([...zhByKey.keys(), ...enByKey.keys()])) {
    const zhTexts = zhByKey.get(key)
    const enTexts = enByKey.get(key)
    if (!zhTexts) problems.push(`${key}: missing in zh-CN`)
    else if (!enTexts) problems.push(`${key}: missing in en`)
    else if (slotsOf(zhTexts) !== slotsOf(enTexts)) problems.push(`${key}: placeholders differ`)
    if (zhTexts?.some(isBlank)) problems.push(`${key}: empty in zh-CN`)
    if (enTexts?.some(isBlank)) problems.push(`${key}: empty in en`)
  }
  return problems
}

function textsByKey(catalog: Catalog, prefix = ''): Map<string, string[]> {
  const byKey = new Map<string, string[]>()
  const add = (key: string, texts: readonly string[]) =>
    byKey.set(key, [...(byKey.get(key) ?? []), ...texts])
  for (const [name, value] of Object.entries(catalog)) {
    if (typeof value === 'string') add(prefix + name.replace(/_(one|other)$/, ''), [value])
    else for (const [key, texts] of textsByKey(value, `${prefix}${name}.`)) add(key, texts)
  }
  return byKey
}

function slotsOf(texts: readonly string[]): string {
  const slots = texts.flatMap(text => [...text.matchAll(/\{\{\s*(\w+)/g)].map(match => match[1]))
  return [...new Set(slots)].sort().join()
}

const isBlank = (text: string): boolean => text.trim() === ''
