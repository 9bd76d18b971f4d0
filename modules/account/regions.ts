import { areaList } from '@vant/area-data'

/** The names of a region; `city` is empty where a county belongs to its province directly. */
export type RegionNames = { province: string; city: string; district: string }

const { province_list: provinces, city_list: cities, county_list: counties } = areaList

/** The names of a county or district by its code (GB/T 2260); null for anything else. */
export function regionNames(code: string): RegionNames | null {
  const district = counties[code]
  if (district === undefined) return null
  const province = provinces[`${code.slice(0, 2)}0000`] ?? ''
  return { province, city: cityName(code.slice(0, 4)), district }
}

/** The code that has these names, spaces aside; null when none has, or several. */
export function regionCodeOf(names: RegionNames): string | null {
  const codes = codesByNames().get(keyOf(names)) ?? []
  return codes.length === 1 ? (codes[0] ?? null) : null
}

/** A city numbered 90 is none: its counties belong to the province. */
const cityName = (prefix: string): string =>
  prefix.endsWith('90') ? '' : (cities[`${prefix}00`] ?? '')

/** Without the city's name where it only repeats the province's. */
const keyOf = ({ province, city, district }: RegionNames): string =>
  [province, city === province ? '' : city, district].map(name => name.trim()).join('/')

let index: Map<string, string[]> | undefined

/** Only old addresses ask for it, so it is made when the first one does. */
function codesByNames(): Map<string, string[]> {
  if (index) return index
  index = new Map()
  for (const code of Object.keys(counties)) {
    const names = regionNames(code)
    if (!names) continue
    const key = keyOf(names)
    index.set(key, [...(index.get(key) ?? []), code])
  }
  return index
}
