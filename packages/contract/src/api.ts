import { accountApi, accountErrors } from './account.ts'
import { attitudeApi, attitudeErrors } from './attitude.ts'
import { auditApi } from './audit.ts'
import { brandApi } from './brand.ts'
import { cartApi, cartErrors } from './cart.ts'
import { catalogErrors } from './catalog.ts'
import { catalogApi } from './catalog-api.ts'
import { categoryApi, categoryErrors } from './category.ts'
import { chatErrors } from './chat.ts'
import { chatApi } from './chat-api.ts'
import { commonErrors } from './core/common.ts'
import type { EndpointDef } from './core/endpoint.ts'
import { resourceErrors } from './core/resource.ts'
import { couponApi, couponErrors } from './coupon.ts'
import { dealApi } from './deal.ts'
import { documentTypeApi } from './document-type.ts'
import { favouriteApi, favouriteErrors } from './favourite.ts'
import { filesApi, filesErrors } from './files.ts'
import { flashsaleErrors } from './flashsale.ts'
import { flashsaleApi } from './flashsale-api.ts'
import { followApi, followErrors } from './follow.ts'
import { freightApi, freightErrors } from './freight.ts'
import { historyApi } from './history.ts'
import { insightApi } from './insight.ts'
import { ledgerApi } from './ledger.ts'
import { liveApi, liveErrors } from './live.ts'
import { moderationApi, moderationErrors } from './moderation.ts'
import { orderErrors } from './order.ts'
import { orderApi } from './order-api.ts'
import { orderDeskApi } from './orderdesk.ts'
import { payApi, payErrors } from './pay.ts'
import { pointsApi } from './points.ts'
import { pollApi, pollErrors } from './poll.ts'
import { priceErrors } from './price.ts'
import { productSheetApi, productSheetErrors } from './productsheet.ts'
import { promotionApi, promotionErrors } from './promotion.ts'
import { qualificationApi, qualificationErrors } from './qualification.ts'
import { realtimeApi } from './realtime.ts'
import { reviewApi, reviewErrors } from './review.ts'
import { searchApi } from './search.ts'
import { shareApi } from './share.ts'
import { sheetErrors } from './sheet.ts'
import { shipApi, shipErrors } from './ship.ts'
import { shopApi, shopErrors } from './shop.ts'
import { showcaseApi, showcaseErrors } from './showcase.ts'
import { stockApi, stockErrors } from './stock.ts'
import { stockTakeApi, stockTakeErrors } from './stocktake.ts'
import { storyApi, storyErrors } from './story.ts'
import { tagApi } from './tag.ts'
import { takeRateApi, takeRateErrors } from './takerate.ts'
import { virtualApi, virtualErrors } from './virtual.ts'
import { platformWordListApi, wordListApi, wordListErrors } from './wordlist.ts'

/** The whole API: noun → verb → route. Server, client, docs and the matrix test all walk this. */
export const api = {
  account: accountApi,
  shop: shopApi,
  files: filesApi,
  catalog: catalogApi,
  brand: brandApi,
  category: categoryApi,
  tag: tagApi,
  documentType: documentTypeApi,
  qualification: qualificationApi,
  review: reviewApi,
  stock: stockApi,
  search: searchApi,
  coupon: couponApi,
  points: pointsApi,
  flashsale: flashsaleApi,
  deal: dealApi,
  cart: cartApi,
  favourite: favouriteApi,
  history: historyApi,
  freight: freightApi,
  promotion: promotionApi,
  order: orderApi,
  orderdesk: orderDeskApi,
  pay: payApi,
  ship: shipApi,
  ledger: ledgerApi,
  live: liveApi,
  chat: chatApi,
  moderation: moderationApi,
  showcase: showcaseApi,
  poll: pollApi,
  story: storyApi,
  insight: insightApi,
  follow: followApi,
  share: shareApi,
  attitude: attitudeApi,
  productsheet: productSheetApi,
  stocktake: stockTakeApi,
  takerate: takeRateApi,
  virtual: virtualApi,
  wordlist: wordListApi,
  platformWordList: platformWordListApi,
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
  ...resourceErrors,
  ...categoryErrors,
  ...qualificationErrors,
  ...reviewErrors,
  ...stockErrors,
  ...priceErrors,
  ...freightErrors,
  ...promotionErrors,
  ...couponErrors,
  ...flashsaleErrors,
  ...cartErrors,
  ...favouriteErrors,
  ...orderErrors,
  ...payErrors,
  ...shipErrors,
  ...liveErrors,
  ...chatErrors,
  ...moderationErrors,
  ...showcaseErrors,
  ...pollErrors,
  ...storyErrors,
  ...followErrors,
  ...attitudeErrors,
  ...productSheetErrors,
  ...stockTakeErrors,
  ...takeRateErrors,
  ...virtualErrors,
  ...wordListErrors,
}
export type ErrorCode = keyof typeof allErrors

/** `noun.verb` of every route with its declaration. */
export const allEndpoints = (): { name: string; def: EndpointDef }[] =>
  Object.entries(api).flatMap(([noun, group]) =>
    Object.entries(group).map(([verb, def]) => ({ name: `${noun}.${verb}`, def })),
  )
