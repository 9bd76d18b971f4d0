/** A list somebody comes back to: a name for a set of filters. */
export type SavedFilter = { name: string; filters: Readonly<Record<string, string>> }

const savedMax = 20
const keyOf = (page: string) => `kaibo.console.filters.${page}`

const isSaved = (value: unknown): value is SavedFilter =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'filters' in value &&
  typeof value.filters === 'object' &&
  value.filters !== null &&
  Object.values(value.filters).every(each => typeof each === 'string')

/** The filters saved for a page on this device; anything unreadable counts as none. */
export function readSaved(page: string, storage: Pick<Storage, 'getItem'>): SavedFilter[] {
  try {
    const saved: unknown = JSON.parse(storage.getItem(keyOf(page)) ?? '[]')
    return Array.isArray(saved) ? saved.filter(isSaved) : []
  } catch {
    return []
  }
}

/** Keeps a filter under its name, in the place of an older one; the oldest make room. */
export const withSaved = (saved: readonly SavedFilter[], one: SavedFilter): SavedFilter[] =>
  [...saved.filter(({ name }) => name !== one.name), one].slice(-savedMax)

export const withoutSaved = (saved: readonly SavedFilter[], name: string): SavedFilter[] =>
  saved.filter(one => one.name !== name)

/** Two sets of filters that show the same list. */
export const isSameFilter = (
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): boolean => Object.keys({ ...a, ...b }).every(key => (a[key] ?? '') === (b[key] ?? ''))

export const writeSaved = (
  page: string,
  saved: readonly SavedFilter[],
  storage: Pick<Storage, 'setItem'>,
): void => storage.setItem(keyOf(page), JSON.stringify(saved))
