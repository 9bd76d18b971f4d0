import { citiesOf, countiesOf, provinces, type Region } from '@kaibo/ui/region/regions.ts'

/** What could be read out of a pasted text; what could not is missing. */
export type Recognised = { name?: string; phone?: string; regionCode?: string; detail?: string }

const labels =
  /(收货人|收件人|姓名|手机号码?|联系电话|电话|所在地区|地区|详细地址|收货地址|地址|name|phone|address)\s*[:：]/gi
const phonePattern = /(?:\+?86[- ]?)?(?<!\d)(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)/
const gaps = /[\s,，;；、|/]+/

/** Reads "name phone address" in any order: the region by its names, full or short. */
export function recognise(text: string): Recognised {
  const plain = text.replace(labels, ' ')
  const phone = phonePattern.exec(plain)
  const rest = phone ? plain.replace(phone[0], ' ') : plain
  const region = findRegion(rest)
  const before = wordsOf(region ? rest.slice(0, region.from) : rest)
  const after = region ? wordsOf(rest.slice(region.to)) : []
  const name =
    before.find(isName) ?? (after.length > 1 && isName(after.at(-1)) ? after.at(-1) : undefined)
  const detail = (region ? after : before).filter(word => word !== name).join(' ')
  return {
    ...(name ? { name } : {}),
    ...(phone ? { phone: `${phone[1]}${phone[2]}${phone[3]}` } : {}),
    ...(region ? { regionCode: region.code } : {}),
    ...(detail ? { detail } : {}),
  }
}

const wordsOf = (text: string): string[] => text.split(gaps).filter(word => word !== '')
const isName = (word: string | undefined): boolean =>
  word !== undefined &&
  (/^[\p{Script=Han}·]{2,5}$/u.test(word) || /^[A-Za-z][A-Za-z.'-]{1,19}$/.test(word))

type Found = { code: string; from: number; to: number }

/** 浙江省 → 浙江, 内蒙古自治区 → 内蒙古, 西湖区 → 西湖; never shorter than two characters. */
function shortOf(name: string): string {
  const cut = name.replace(/(特别行政区|[^\d]{0,3}族?自治区|自治州|地区|省|市|区|县)$/, '')
  return cut.length >= 2 ? cut : name
}

/** The county that the text names, and where its names stand. */
function findRegion(text: string): Found | undefined {
  for (const province of provinces()) {
    const start = nameAt(text, province, 'anywhere')
    if (!start) continue
    const county = countyAfter(text, start.to, citiesOf(province.code))
    if (county) return { ...county, from: start.from }
  }
  for (const city of provinces().flatMap(({ code }) => citiesOf(code))) {
    const start = nameAt(text, city, 'anywhere')
    const county = start && countyAt(text, start.to, [city])
    if (county) return { ...county, from: start.from }
  }
  return undefined
}

/** The county behind a province's name; its city may be left out. */
function countyAfter(text: string, at: number, cities: readonly Region[]): Found | undefined {
  for (const city of cities) {
    const start = nameAt(text, city, at)
    const county = start && countyAt(text, start.to, [city])
    if (county) return county
  }
  return countyAt(text, at, cities)
}

function countyAt(text: string, at: number, cities: readonly Region[]): Found | undefined {
  const counties = cities.flatMap(({ code }) => countiesOf(code))
  const found = counties.flatMap(county => {
    const place = nameAt(text, county, at)
    return place ? [{ code: county.code, ...place }] : []
  })
  // The longest name is the one that is meant: 江阴市 is not 江.
  return found.toSorted((a, b) => b.to - a.to)[0]
}

type Place = { from: number; to: number }

/** Where a region's name stands first: right at an index (gaps aside), or anywhere. */
function nameAt(text: string, { name }: Region, at: number | 'anywhere'): Place | undefined {
  const places = [name, shortOf(name)].flatMap(form => {
    const from = at === 'anywhere' ? text.indexOf(form) : at + gapAt(text, at)
    return from >= 0 && text.startsWith(form, from) ? [{ from, to: from + form.length }] : []
  })
  return places.toSorted((a, b) => a.from - b.from)[0]
}

const gapAt = (text: string, at: number): number =>
  /^[\s,，、/-]*/.exec(text.slice(at))?.[0].length ?? 0
