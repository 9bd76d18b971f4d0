import { type Folded, kinds } from './fold.ts'
import type { Stretch } from './skeleton.ts'

/** Places in the original where a text leads people away. */
export type Lure = Stretch & { readonly kind: 'link' | 'contact' }

/** Links and contact details in a text, however they are dressed up. */
export const luresIn = (folded: Folded): Lure[] => {
  const clear = isPlainTalk(folded)
  return clear ? [] : [...linksIn(folded), ...phonesIn(folded), ...accountsIn(folded)]
}

/** Nearly all comments: no Latin letter and hardly a digit; they hold neither. */
const isPlainTalk = ({ text, kinds: all }: Folded): boolean =>
  !/[a-z]/.test(text) &&
  all.filter(kind => kind === kinds.digit).length < digitsMin &&
  !/[零一二三四五六七八九幺]{7}/.test(text)

const digitsMin = 5

const originOf = ({ starts, ends }: Folded, from: number, length: number): Stretch => ({
  from: starts[from] ?? 0,
  to: ends[from + length - 1] ?? 0,
})

const every = 'com|cn|net|org|top|xyz|vip|cc|info|biz|shop|site|club|online|link|ltd|tv|io|ru|icu'
const label = '[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?'
/** A dot, or what stands for one: `。`, `点`, `[dot]`, with spaces around it only if it is not a stop. */
const dot = '(?:[.。．·•・]| ?(?:点|dot|[([{<]\\s?(?:点|dot|\\.)\\s?[)\\]}>]) ?)'
const spacedDot = ' [.。·•] '
const link = new RegExp(
  [
    `https?[:/\\\\]{1,4}(?<host>[^\\s/\\\\?#\\p{Script=Han}]{3,80})[^\\s\\p{Script=Han}]{0,200}`,
    `(?<![a-z0-9])(?:${label}${dot}){1,4}(?:${every})(?![a-z0-9-])`,
    `(?<![a-z0-9])${label}${spacedDot}(?:com|cn|net|org|top|xyz|vip|cc)(?![a-z0-9-])`,
    `(?<![a-z0-9])(?:t|wa)${dot}me(?![a-z0-9])`,
  ].join('|'),
  'gu',
)

/** The hosts of links: a host that is allowed is allowed with every path. */
function linksIn(folded: Folded): Lure[] {
  return [...folded.text.matchAll(link)]
    .filter(({ 0: found }) => /[a-z]|\d{3}/.test(found.replace(/[a-z]+$/, '')))
    .map(({ 0: found, index, groups }) => {
      const host = groups?.host ?? found
      return { kind: 'link', ...originOf(folded, index + found.indexOf(host), host.length) }
    })
}

const chineseDigits = '零一二三四五六七八九'
const digitOf = (unit: string): string => {
  const digit = unit === '幺' ? 1 : unit === '〇' ? 0 : chineseDigits.indexOf(unit)
  return digit >= 0 ? `${digit}` : unit
}

/** Digits with a little between them: at least eight. */
const digitRun =
  /\+?(?:[\d零〇一二三四五六七八九幺][^\p{L}\p{N},，;；\n]{0,3}){7,20}[\d零〇一二三四五六七八九幺]/gu

function phonesIn(folded: Folded): Lure[] {
  return [...folded.text.matchAll(digitRun)].flatMap(({ 0: found, index }) => {
    const isGlued =
      /\d/.test(folded.text[index - 1] ?? '') || /\d/.test(folded.text[index + found.length] ?? '')
    return !isGlued && isPhone(found)
      ? [{ kind: 'contact', ...originOf(folded, index, found.length) }]
      : []
  })
}

/** How people group the digits of numbers that one can call; prices and sizes are grouped otherwise. */
const groupings = new Set(['11', '3,4,4', '3,8', '7,4', '4,7', '3,3,4', '3,3,5', '5,6', '6,5'])

function isPhone(found: string): boolean {
  const groups = found.split(/[^\d零〇一二三四五六七八九幺]+/u).filter(group => group !== '')
  const digits = groups.join('').replace(/./gu, digitOf)
  if (found.startsWith('+')) return digits.length >= 10
  const isSpelt = groups.every(group => group.length <= 1)
  const isGrouped = isSpelt || groupings.has(groups.map(group => group.length).join())
  if (!isGrouped) return false
  const isMobile = /^(?:86)?1[3-9]\d{9}$/.test(digits)
  return isMobile || /^\d{3},\d{3},\d{4}$/.test(groups.join())
}

const apps =
  'v信|微信|威信|薇信|维信|徽信|卫信|wx|vx|v\\+|\\+ ?v|weixin|wechat|we chat|加v|加微|扣扣|企鹅|qq|q群|telegram|whatsapp|电报|飞机号'
/** A name of one of the places where people talk, then a name or a number. */
const account = new RegExp(
  `(?:${apps}) ?(?:号|id|群|账号|帐号|number|me)?[^\\p{L}\\p{N}]{0,4}(?:是|为|is)?[^\\p{L}\\p{N}]{0,4}(?<id>[a-z][a-z0-9_-]{4,19}|[1-9](?:[^\\p{L}\\p{N},，;；\\n]?\\d){4,11})(?![a-z0-9])`,
  'gu',
)

function accountsIn(folded: Folded): Lure[] {
  return [...folded.text.matchAll(account)]
    .filter(({ groups }) => /[\d_]/.test(groups?.id ?? ''))
    .map(({ 0: found, index }) => ({ kind: 'contact', ...originOf(folded, index, found.length) }))
}
