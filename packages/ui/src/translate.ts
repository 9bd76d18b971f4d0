/** A nested table of strings, as in `locales/en.json`. */
export type Catalog = { readonly [key: string]: string | Catalog }
/** What fills the `{{gaps}}` of a string; `count` also chooses its plural. */
export type Values = Readonly<Record<string, string | number | null | undefined>>
/** `t('cart.saved', { amount: '¥5' })`. */
export type Translate = (key: string, values?: Values) => string

/**
 * The translate function of one catalog. With a `count` it takes `key_one` or `key_other`, as the
 * language counts, else `key`; where one person is said otherwise, Chinese has `key_one` too. A missing string is told to `onMissing` and shown as its key.
 */
export function createTranslate(
  catalog: Catalog,
  { language, onMissing }: { language: string; onMissing: (key: string) => void },
): Translate {
  const plurals = new Intl.PluralRules(language)
  const find = (key: string): string | undefined => {
    let at: string | Catalog | undefined = catalog
    for (const part of key.split('.')) at = typeof at === 'object' ? at[part] : undefined
    return typeof at === 'string' ? at : undefined
  }
  const findFor = (key: string, { count }: Values): string | undefined =>
    typeof count === 'number'
      ? (find(`${key}_${count === 1 ? 'one' : plurals.select(count)}`) ??
        find(`${key}_other`) ??
        find(key))
      : find(key)
  return (key, values = {}) => {
    const text = findFor(key, values)
    if (text === undefined) onMissing(key)
    return (text ?? key).replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) =>
      String(values[name] ?? ''),
    )
  }
}
