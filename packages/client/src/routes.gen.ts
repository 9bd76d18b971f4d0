// Generated from the contract by `npm run gen`.
export type RouteEntry = readonly [method: string, path: string, kind?: 'key' | 'bytes']

export const routes: Readonly<Record<string, Readonly<Record<string, RouteEntry>>>> = {
  account: {
    sendCode: ['POST', '/auth/codes'],
    signIn: ['POST', '/auth/sessions'],
    signOut: ['DELETE', '/auth/sessions/current'],
    me: ['GET', '/me'],
    updateMe: ['PATCH', '/me'],
    addresses: ['GET', '/addresses'],
    addAddress: ['POST', '/addresses'],
    updateAddress: ['PUT', '/addresses/:id'],
    removeAddress: ['DELETE', '/addresses/:id'],
  },
  shop: {
    open: ['POST', '/shops'],
    view: ['GET', '/shops/:id'],
    update: ['PATCH', '/shops/:shopId'],
  },
  files: {
    upload: ['POST', '/files', 'bytes'],
    read: ['GET', '/files/:id'],
  },
  catalog: {
    list: ['GET', '/shops/:shopId/shelf'],
    view: ['GET', '/products/:id'],
    manageList: ['GET', '/shops/:shopId/products'],
    manageView: ['GET', '/shops/:shopId/products/:id'],
    create: ['POST', '/shops/:shopId/products'],
    update: ['PUT', '/shops/:shopId/products/:id'],
    setShelf: ['PUT', '/shops/:shopId/products/:id/shelf'],
  },
  stock: {
    adjust: ['POST', '/shops/:shopId/skus/:skuId/stock'],
    movements: ['GET', '/shops/:shopId/skus/:skuId/movements'],
  },
  cart: {
    view: ['GET', '/cart'],
    count: ['GET', '/cart/count'],
    viewDevice: ['POST', '/cart-views'],
    add: ['POST', '/cart/lines'],
    set: ['PUT', '/cart/lines/:skuId'],
    changeSku: ['PUT', '/cart/lines/:skuId/sku'],
    select: ['PUT', '/cart/selection'],
    remove: ['POST', '/cart/removals'],
    merge: ['POST', '/cart/merges'],
  },
  favourite: {
    list: ['GET', '/favourites'],
    count: ['GET', '/favourites/count'],
    state: ['GET', '/favourites/:productId'],
    add: ['PUT', '/favourites/:productId'],
    remove: ['DELETE', '/favourites/:productId'],
  },
  history: {
    list: ['GET', '/history'],
    record: ['PUT', '/history/:productId'],
    forget: ['DELETE', '/history/:productId'],
    clear: ['DELETE', '/history'],
  },
  order: {
    preview: ['POST', '/order-previews'],
    place: ['POST', '/orders'],
    list: ['GET', '/orders'],
    view: ['GET', '/orders/:id'],
    cancel: ['POST', '/orders/:id/cancel'],
    confirm: ['POST', '/orders/:id/receipt'],
    manageList: ['GET', '/shops/:shopId/orders'],
    manageView: ['GET', '/shops/:shopId/orders/:id'],
    reveal: ['POST', '/shops/:shopId/orders/:id/receiver'],
  },
  pay: {
    start: ['POST', '/payments', 'key'],
    view: ['GET', '/payments/:id'],
  },
  ship: {
    ship: ['POST', '/shops/:shopId/orders/:id/parcels'],
  },
  ledger: {
    balance: ['GET', '/shops/:shopId/balance'],
    check: ['GET', '/platform/ledger-check'],
  },
  live: {
    feed: ['GET', '/live'],
    room: ['GET', '/live/:id'],
    create: ['POST', '/shops/:shopId/live'],
    sessions: ['GET', '/shops/:shopId/live'],
    session: ['GET', '/shops/:shopId/live/:id'],
    update: ['PATCH', '/shops/:shopId/live/:id'],
    renewKey: ['POST', '/shops/:shopId/live/:id/key'],
    health: ['GET', '/shops/:shopId/live/:id/health'],
    end: ['POST', '/shops/:shopId/live/:id/end'],
    recap: ['GET', '/shops/:shopId/live/:id/recap'],
  },
  chat: {
    history: ['GET', '/live/:id/comments'],
    send: ['POST', '/live/:id/comments'],
  },
  showcase: {
    bag: ['GET', '/live/:id/bag'],
    setBag: ['PUT', '/shops/:shopId/live/:id/bag'],
    explain: ['PUT', '/shops/:shopId/live/:id/explaining'],
  },
  audit: {
    list: ['GET', '/platform/audit'],
  },
  realtime: {
    ticket: ['POST', '/realtime/tickets'],
  },
}
