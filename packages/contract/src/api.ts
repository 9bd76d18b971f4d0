import { commonErrors } from './core/common.ts'
import type { EndpointDef } from './core/endpoint.ts'
import { resourceErrors } from './core/resource.ts'
import { brandApi } from './goods/brand.ts'
import { catalogErrors } from './goods/catalog.ts'
import { catalogApi } from './goods/catalog-api.ts'
import { categoryApi, categoryErrors } from './goods/category.ts'
import { documentTypeApi } from './goods/document-type.ts'
import { productSheetApi, productSheetErrors } from './goods/productsheet.ts'
import { qualificationApi, qualificationErrors } from './goods/qualification.ts'
import { reviewApi, reviewErrors } from './goods/review.ts'
import { searchApi } from './goods/search.ts'
import { sheetErrors } from './goods/sheet.ts'
import { stockApi, stockErrors } from './goods/stock.ts'
import { stockTakeApi, stockTakeErrors } from './goods/stocktake.ts'
import { tagApi } from './goods/tag.ts'
import { clipApi, clipErrors } from './media/clip.ts'
import { patrolApi, patrolErrors } from './media/patrol.ts'
import { recordingErrors } from './media/recording.ts'
import { recordingApi } from './media/recording-api.ts'
import { verdictApi, verdictErrors } from './media/verdict.ts'
import { couponApi, couponErrors } from './offer/coupon.ts'
import { dealApi } from './offer/deal.ts'
import { flashsaleErrors } from './offer/flashsale.ts'
import { flashsaleApi } from './offer/flashsale-api.ts'
import { pointsApi } from './offer/points.ts'
import { priceErrors } from './offer/price.ts'
import { promotionApi, promotionErrors } from './offer/promotion.ts'
import { takeRateApi, takeRateErrors } from './offer/takerate.ts'
import { accountApi, accountErrors } from './people/account.ts'
import { auditApi } from './people/audit.ts'
import { favouriteApi, favouriteErrors } from './people/favourite.ts'
import { filesApi, filesErrors } from './people/files.ts'
import { followApi, followErrors } from './people/follow.ts'
import { historyApi } from './people/history.ts'
import { shareApi } from './people/share.ts'
import { shopApi, shopErrors } from './people/shop.ts'
import { attitudeApi, attitudeErrors } from './show/attitude.ts'
import { chatErrors } from './show/chat.ts'
import { chatApi } from './show/chat-api.ts'
import { insightApi } from './show/insight.ts'
import { liveErrors } from './show/live.ts'
import { liveApi } from './show/live-api.ts'
import { moderationApi, moderationErrors } from './show/moderation.ts'
import { pollApi, pollErrors } from './show/poll.ts'
import { realtimeApi } from './show/realtime.ts'
import { showcaseApi, showcaseErrors } from './show/showcase.ts'
import { storyApi, storyErrors } from './show/story.ts'
import { platformWordListApi, wordListApi, wordListErrors } from './show/wordlist.ts'
import { cartApi, cartErrors } from './trade/cart.ts'
import { freightApi, freightErrors } from './trade/freight.ts'
import { ledgerApi } from './trade/ledger.ts'
import { orderErrors } from './trade/order.ts'
import { orderApi } from './trade/order-api.ts'
import { orderDeskApi } from './trade/orderdesk.ts'
import { payApi, payErrors } from './trade/pay.ts'
import { shipApi, shipErrors } from './trade/ship.ts'
import { virtualApi, virtualErrors } from './trade/virtual.ts'

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
  patrol: patrolApi,
  verdict: verdictApi,
  recording: recordingApi,
  clip: clipApi,
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
  ...recordingErrors,
  ...clipErrors,
  ...chatErrors,
  ...moderationErrors,
  ...patrolErrors,
  ...verdictErrors,
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
