import { accountApi, accountErrors } from './account.ts'
import { auditApi } from './audit.ts'
import { cartApi, cartErrors } from './cart.ts'
import { catalogApi, catalogErrors } from './catalog.ts'
import { chatApi, chatErrors } from './chat.ts'
import { commonErrors } from './common.ts'
import { couponErrors } from './coupon.ts'
import type { EndpointDef } from './endpoint.ts'
import { favouriteApi, favouriteErrors } from './favourite.ts'
import { filesApi, filesErrors } from './files.ts'
import { flashsaleErrors } from './flashsale.ts'
import { historyApi } from './history.ts'
import { ledgerApi } from './ledger.ts'
import { liveApi, liveErrors } from './live.ts'
import { orderApi, orderErrors } from './order.ts'
import { payApi, payErrors } from './pay.ts'
import { priceErrors } from './price.ts'
import { realtimeApi } from './realtime.ts'
import { sheetErrors } from './sheet.ts'
import { shipApi, shipErrors } from './ship.ts'
import { shopApi, shopErrors } from './shop.ts'
import { showcaseApi, showcaseErrors } from './showcase.ts'
import { stockApi, stockErrors } from './stock.ts'
import { takeRateApi, takeRateErrors } from './takerate.ts'

/** The whole API: noun → verb → route. Server, client, docs and the matrix test all walk this. */
export const api = {
  account: accountApi,
  shop: shopApi,
  files: filesApi,
  catalog: catalogApi,
  stock: stockApi,
  cart: cartApi,
  favourite: favouriteApi,
  history: historyApi,
  order: orderApi,
  pay: payApi,
  ship: shipApi,
  ledger: ledgerApi,
  live: liveApi,
  chat: chatApi,
  showcase: showcaseApi,
  takerate: takeRateApi,
  audit: auditApi,
  realtime: realtimeApi,
} as const
export type Api = typeof api

/** Every error code of the product. */
export const allErrors = {
  ...commonErrors,
  ...accountErrors,
  ...shopErrors,
  ...filesErrors,
  ...sheetErrors,
  ...catalogErrors,
  ...stockErrors,
  ...priceErrors,
  ...couponErrors,
  ...flashsaleErrors,
  ...cartErrors,
  ...favouriteErrors,
  ...orderErrors,
  ...payErrors,
  ...shipErrors,
  ...liveErrors,
  ...chatErrors,
  ...showcaseErrors,
  ...takeRateErrors,
}
export type ErrorCode = keyof typeof allErrors

/** `noun.verb` of every route with its declaration. */
export const allEndpoints = (): { name: string; def: EndpointDef }[] =>
  Object.entries(api).flatMap(([noun, group]) =>
    Object.entries(group).map(([verb, def]) => ({ name: `${noun}.${verb}`, def })),
  )
