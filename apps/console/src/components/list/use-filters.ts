import { useSearchParams } from 'wouter'

/** What a list is narrowed to: texts, as they stand in the address. */
export type Filters<K extends string> = Readonly<Record<K, string>>

/**
 * The filters of a list, kept in the address, so that a link or the back button leads to the same
 * list. What equals its default is left out of the address.
 */
export function useFilters<const D extends Record<string, string>>(
  defaults: D,
): [Filters<keyof D & string>, (change: Partial<Record<keyof D, string>>) => void] {
  const [params, setParams] = useSearchParams()
  const names = Object.keys(defaults) as (keyof D & string)[]
  const filters = Object.fromEntries(
    names.map(name => [name, params.get(name) ?? defaults[name] ?? '']),
  ) as Filters<keyof D & string>
  const change = (fields: Partial<Record<keyof D, string>>) => {
    const next = { ...filters, ...fields } as Record<string, string>
    setParams(
      names.filter(name => next[name] !== defaults[name]).map(name => [name, next[name] ?? '']),
    )
  }
  return [filters, change]
}
