import type { Handlers } from '@kaibo/contract/core/handlers'
import type { catalogApi } from '@kaibo/contract/goods/catalog-api'
import type { orderApi } from '@kaibo/contract/trade/order-api'
import type { Tickets } from '@kaibo/realtime/ticket'
import { ticketHandlers } from '../realtime/tickets.ts'
import type { Audience } from './audience.ts'
import type { Browse } from './browse.ts'
import { fitTexts } from './fit-texts.ts'
import type { Goods } from './goods.ts'
import type { Keeping } from './keep/keeping.ts'
import type { Offers } from './offers.ts'
import type { People } from './people.ts'
import type { Selling } from './selling.ts'
import type { Show } from './show.ts'
import type { Trade } from './trade.ts'

export type Modules = People & Goods & Offers & Trade & Browse & Show & Audience & Selling & Keeping

/** Who answers which part of the contract. */
export const handlersOf = (m: Modules, tickets: Pick<Tickets, 'issueTicket'>) => ({
  account: fitTexts(m.wordlist).account(m.account.handlers),
  shop: fitTexts(m.wordlist).shop(m.shop.handlers),
  files: m.files.handlers,
  catalog: catalogHandlersOf(m),
  brand: m.brand.handlers,
  category: m.category.handlers,
  tag: m.tag.handlers,
  documentType: m.qualification.typeHandlers,
  qualification: m.qualification.handlers,
  review: m.review.handlers,
  stock: m.stock.handlers,
  coupon: fitTexts(m.wordlist).coupon(m.coupon.handlers),
  points: m.points.handlers,
  flashsale: m.flashsale.handlers,
  deal: m.deal.handlers,
  cart: m.cart.handlers,
  favourite: m.favourite.handlers,
  history: m.history.handlers,
  freight: m.freight.handlers,
  promotion: m.promotion.handlers,
  search: m.search.handlers,
  order: orderHandlersOf(m),
  orderdesk: m.orderdesk.handlers,
  pay: m.pay.handlers,
  ship: m.ship.handlers,
  ledger: m.ledger.handlers,
  live: fitTexts(m.wordlist).live(m.live.handlers),
  chat: m.chat.handlers,
  moderation: m.moderation.handlers,
  patrol: m.patrol.handlers,
  verdict: m.verdict.handlers,
  recording: m.recording.handlers,
  clip: fitTexts(m.wordlist).clip(m.clip.handlers),
  showcase: m.showcase.handlers,
  poll: fitTexts(m.wordlist).poll(m.poll.handlers),
  story: fitTexts(m.wordlist).story(m.story.handlers),
  insight: m.insight.handlers,
  follow: m.follow.handlers,
  share: m.share.handlers,
  attitude: m.attitude.handlers,
  takerate: m.takerate.handlers,
  virtual: m.virtual.handlers,
  wordlist: m.wordlist.handlers,
  platformWordList: m.wordlist.platformHandlers,
  stocktake: m.stocktake.handlers,
  productsheet: m.productsheet.handlers,
  audit: m.audit.handlers,
  realtime: ticketHandlers(tickets),
})

const catalogHandlersOf = (
  m: Pick<Modules, 'catalog' | 'bulkedit' | 'wordlist'>,
): Handlers<typeof catalogApi> => ({
  ...fitTexts(m.wordlist).catalog(m.catalog.handlers),
  ...m.bulkedit.handlers,
})

/** Placement answers until an order begins, and orders from then on. */
const orderHandlersOf = (m: Pick<Trade, 'order' | 'placement'>): Handlers<typeof orderApi> => ({
  ...m.placement.handlers,
  ...m.order.handlers,
})
