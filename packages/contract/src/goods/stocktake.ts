import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import {
  ByShop,
  ByShopAndId,
  Id,
  Instant,
  named,
  nullable,
  object,
  oneOf,
  pageOf,
  pageQuery,
  text,
} from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'
import { SheetProblem, SheetQuery, sheetReadErrors } from './sheet.ts'
import { sheetBytesMax } from './sheet-limits.ts'

export const stockTakeStates = ['open', 'applied', 'cancelled'] as const
export type StockTakeState = (typeof stockTakeStates)[number]

/** A counting of the shelves. */
export const StockTake = named('StockTake', {
  id: Id,
  title: Type.String(),
  state: oneOf(stockTakeStates),
  createdAt: Instant,
  closedAt: nullable(Instant),
  countedCount: Type.Integer(),
  /** SKUs that are more or fewer than the books said, and by how many pieces. */
  differentCount: Type.Integer(),
  moreCount: Type.Integer(),
  fewerCount: Type.Integer(),
})
export type StockTake = Static<typeof StockTake>

/** What was counted of one SKU, beside what the books said at that moment. */
export const StockCount = named('StockCount', {
  skuId: Id,
  title: Type.String(),
  spec: Type.Record(Type.String(), Type.String()),
  counted: Type.Integer(),
  onHandThen: Type.Integer(),
  difference: Type.Integer(),
  countedAt: Instant,
})
export type StockCount = Static<typeof StockCount>

export const stockTakeErrors = errors({
  'stocktake.not_found': [404, 'This stock-take does not exist.', '盘点单不存在'],
  'stocktake.closed': [409, 'This stock-take is closed.', '盘点单已结束'],
  'stocktake.nothing_counted': [422, 'Nothing has been counted yet.', '还没有盘点任何商品'],
})

const managing = { can: 'stock.manage', scope: 'shop' } as const
const reading = { ...managing, rate: 'read', idempotency: 'safe', audit: 'none' } as const
const changing = { ...managing, rate: 'write', idempotency: 'natural', audit: 'write' } as const
const ByCount = object({ shopId: Id, id: Id, skuId: Id })
const counted = { counted: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }) }

export const stockTakeApi = {
  list: endpoint({
    ...reading,
    method: 'GET',
    path: '/shops/:shopId/stock-takes',
    summary: 'Stock-takes of my shop, newest first',
    params: ByShop,
    query: object(pageQuery),
    reply: pageOf(StockTake),
    errors: [],
  }),
  open: endpoint({
    ...changing,
    method: 'POST',
    path: '/shops/:shopId/stock-takes',
    summary: 'Open a stock-take; the body carries its id',
    params: ByShop,
    body: object({ id: Id, title: text(1, 60) }),
    reply: StockTake,
    errors: [],
  }),
  view: endpoint({
    ...reading,
    method: 'GET',
    path: '/shops/:shopId/stock-takes/:id',
    summary: 'A stock-take with its sums',
    params: ByShopAndId,
    reply: StockTake,
    errors: ['stocktake.not_found'],
  }),
  counts: endpoint({
    ...reading,
    method: 'GET',
    path: '/shops/:shopId/stock-takes/:id/counts',
    summary: 'What was counted, latest first',
    params: ByShopAndId,
    query: object(pageQuery),
    reply: pageOf(StockCount),
    errors: ['stocktake.not_found'],
  }),
  count: endpoint({
    ...changing,
    method: 'PUT',
    path: '/shops/:shopId/stock-takes/:id/counts/:skuId',
    summary: 'Note how many there are of a SKU; counting again replaces it',
    params: ByCount,
    body: object(counted),
    reply: StockCount,
    errors: ['stocktake.not_found', 'stocktake.closed', 'product.not_found'],
  }),
  uncount: endpoint({
    ...changing,
    method: 'DELETE',
    path: '/shops/:shopId/stock-takes/:id/counts/:skuId',
    summary: 'Take back a count',
    params: ByCount,
    reply: StockTake,
    errors: ['stocktake.not_found', 'stocktake.closed'],
  }),
  sheet: endpoint({
    ...reading,
    method: 'GET',
    path: '/shops/:shopId/stock-takes/:id/sheet',
    summary: 'All SKUs of the shop to be counted, as a file to fill in',
    params: ByShopAndId,
    query: SheetQuery,
    reply: 'bytes',
    errors: ['stocktake.not_found'],
  }),
  countSheet: endpoint({
    ...changing,
    rate: 'upload',
    method: 'POST',
    path: '/shops/:shopId/stock-takes/:id/sheet',
    summary: 'Counts from a filled-in sheet (raw CSV or XLSX); all rows or none',
    params: ByShopAndId,
    body: 'bytes',
    bodyBytesMax: sheetBytesMax,
    reply: object({ take: StockTake, problems: Type.Array(SheetProblem) }),
    errors: ['stocktake.not_found', 'stocktake.closed', ...sheetReadErrors],
  }),
  apply: endpoint({
    ...changing,
    method: 'POST',
    path: '/shops/:shopId/stock-takes/:id/apply',
    summary: 'Correct the books by what was counted: all differences or none',
    params: ByShopAndId,
    reply: StockTake,
    errors: [
      'stocktake.not_found',
      'stocktake.closed',
      'stocktake.nothing_counted',
      'stock.below_reserved',
    ],
  }),
  cancel: endpoint({
    ...changing,
    method: 'POST',
    path: '/shops/:shopId/stock-takes/:id/cancel',
    summary: 'Give a stock-take up; the books stay as they are',
    params: ByShopAndId,
    reply: StockTake,
    errors: ['stocktake.not_found', 'stocktake.closed'],
  }),
}
