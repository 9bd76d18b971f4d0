import type { OrderFilter } from '@kaibo/contract/trade/orderdesk'
import { parseYuan } from '../../../components/form/yuan.ts'
import { tabOf } from '../model.ts'

/** What the list is narrowed to, as it stands in the address; `all` and nothing do not narrow. */
export const filterDefaults = {
  state: 'all',
  number: '',
  title: '',
  source: 'all',
  flag: 'all',
  note: 'all',
  from: '',
  to: '',
  min: '',
  max: '',
} as const
export type OrderFilters = Readonly<Record<keyof typeof filterDefaults, string>>

export const sourceKinds = ['live', 'link', 'shop', 'video'] as const
export const flags = ['none', 'red', 'yellow', 'green', 'blue', 'purple'] as const

const oneOf = <const W extends string>(words: readonly W[], text: string): W | undefined =>
  words.find(word => word === text)

/** Midnight of a day (`2026-11-22`) where the device is, days later if asked. */
function dayStart(day: string, later = 0): string | undefined {
  const [year, month, date] = day.split('-').map(Number)
  if (!year || !month || !date) return undefined
  return new Date(year, month - 1, date + later).toISOString()
}

/** The filters as the API takes them; what cannot be read does not narrow. */
export function orderQuery(filters: OrderFilters): OrderFilter {
  const state = tabOf(filters.state)
  const title = filters.title.trim()
  const sourceKind = oneOf(sourceKinds, filters.source)
  const flag = oneOf(flags, filters.flag)
  const from = dayStart(filters.from)
  const before = dayStart(filters.to, 1)
  const amountMinFen = parseYuan(filters.min)
  const amountMaxFen = parseYuan(filters.max)
  return {
    ...(state === 'all' ? {} : { state }),
    ...(filters.number && { number: filters.number }),
    ...(title && { title }),
    ...(sourceKind && { sourceKind }),
    ...(flag && { flag }),
    ...(filters.note === 'yes' || filters.note === 'no' ? { hasNote: filters.note === 'yes' } : {}),
    ...(from && { from }),
    ...(before && { before }),
    ...(amountMinFen === null ? {} : { amountMinFen }),
    ...(amountMaxFen === null ? {} : { amountMaxFen }),
  }
}

/** Whether anything but the tab narrows the list. */
export const isNarrowed = ({ state: _, ...filters }: OrderFilters): boolean =>
  Object.keys(orderQuery({ ...filters, state: 'all' })).length > 0

/** Filters that hide behind the button, and are set. */
export const narrowCount = (filters: OrderFilters): number =>
  Object.keys(orderQuery({ ...filters, state: 'all', number: '' })).length
