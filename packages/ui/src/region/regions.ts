import { areaList } from '@vant/area-data'

/** A province, city or county by its six-digit code (GB/T 2260). */
export type Region = { readonly code: string; readonly name: string }

const listOf = (names: Readonly<Record<string, string>>, prefix = ''): Region[] =>
  Object.entries(names)
    .filter(([code]) => code.startsWith(prefix))
    .map(([code, name]) => ({ code, name }))

/** This file carries the whole country (about 40 KB): import it lazily. */
export const provinces = (): Region[] => listOf(areaList.province_list)

/** The cities of the province that `code` lies in. */
export const citiesOf = (code: string): Region[] => listOf(areaList.city_list, code.slice(0, 2))

/** The counties and districts of the city that `code` lies in. */
export const countiesOf = (code: string): Region[] => listOf(areaList.county_list, code.slice(0, 4))
