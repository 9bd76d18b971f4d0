/**
 * Who may know whom: `a: ['b']` lets module `a` import the types of module `b`'s face. Values are
 * handed over in `apps/server/src/compose.ts`, so cycles cannot exist at run time. The boundary check
 * and the graph in `docs/modules.md` are generated from this table.
 */
export const map = {
  files: [],
  audit: [],
  shop: ['files'],
  account: ['files', 'shop'],
  stock: [],
  takerate: ['shop'],
  brand: [],
  tag: [],
  category: [],
  review: ['shop'],
  qualification: ['files', 'shop'],
  catalog: ['files', 'stock', 'brand', 'category', 'tag', 'qualification', 'review'],
  search: ['brand', 'category', 'tag', 'catalog', 'order'],
  price: [],
  freight: ['price', 'catalog'],
  promotion: ['price', 'catalog', 'stock'],
  order: ['account', 'shop', 'catalog', 'stock', 'price', 'freight', 'takerate'],
  orderdesk: ['order', 'account'],
  cart: ['shop', 'catalog', 'stock'],
  favourite: ['catalog'],
  history: ['catalog'],
  productsheet: ['catalog', 'files'],
  virtual: ['catalog', 'stock', 'order'],
  ship: ['order'],
  ledger: [],
  pay: ['order', 'ledger'],
  live: ['files', 'account', 'shop'],
  chat: ['live', 'account'],
  showcase: ['live', 'catalog'],
  coupon: ['shop', 'price'],
  points: ['price'],
  flashsale: ['catalog', 'stock', 'price', 'live'],
} as const satisfies Record<string, readonly string[]>
