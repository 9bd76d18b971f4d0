import type { OrderFilter } from '@kaibo/contract/trade/orderdesk'

/** Where the browser fetches the orders of a filter as a file. */
export function sheetUrl(wish: {
  shopId: string
  query: OrderFilter
  format: 'csv' | 'xlsx'
  receivers: 'masked' | 'full'
  language: 'zh' | 'en'
}): string {
  const { shopId, query, format, receivers, language } = wish
  const name = receivers === 'full' ? 'order-sheet-with-receivers' : 'order-sheet'
  const fields = Object.entries({ ...query, format, language })
  const search = new URLSearchParams(fields.map(([key, value]) => [key, String(value)]))
  return `/api/shops/${shopId}/${name}?${search}`
}
