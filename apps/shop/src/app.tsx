import { Spinner } from '@kaibo/ui/feedback/spinner.tsx'
import { OfflineBar } from '@kaibo/ui/shell/offline-bar.tsx'
import { lazy, Suspense } from 'react'
import { Route, Switch } from 'wouter'
import { CartMerge } from './features/cart/use-count.ts'
import { FeedPage } from './features/feed/page.tsx'
import { FollowNews } from './features/follow/follow-news.tsx'
import { ShareClaims } from './features/share/use-share-entry.ts'
import { SignInSheet } from './features/sign-in/sheet.tsx'
import { CrashGuard } from './shell/crash-guard.tsx'
import { loadRoom } from './shell/load-room.ts'
import { NotFoundPage } from './shell/not-found.tsx'

const RoomPage = lazy(async () => ({ default: (await loadRoom()).RoomPage }))
const ReplayPage = lazy(async () => {
  const { loadReplay } = await import('./features/replay/entry.ts')
  return { default: (await loadReplay()).ReplayPage }
})
const ReplaysPage = lazy(async () => {
  const { loadReplays } = await import('./features/replay/entry.ts')
  return { default: (await loadReplays()).ReplaysPage }
})
const OrdersPage = lazy(async () => ({
  default: (await import('./features/orders/page.tsx')).OrdersPage,
}))
const OrderPage = lazy(async () => ({
  default: (await import('./features/orders/order-page.tsx')).OrderPage,
}))
const ProductPage = lazy(async () => ({
  default: (await import('./features/product/page.tsx')).ProductPage,
}))
const ShelfPage = lazy(async () => ({
  default: (await import('./features/product/shelf-page.tsx')).ShelfPage,
}))
const MallPage = lazy(async () => ({
  default: (await import('./features/mall/page.tsx')).MallPage,
}))
const CategoryPage = lazy(async () => ({
  default: (await import('./features/category/page.tsx')).CategoryPage,
}))
const SearchPage = lazy(async () => ({
  default: (await import('./features/search/page.tsx')).SearchPage,
}))
const MePage = lazy(async () => ({ default: (await import('./features/me/page.tsx')).MePage }))
const AddressesPage = lazy(async () => ({
  default: (await import('./features/address/page.tsx')).AddressesPage,
}))
const CartPage = lazy(async () => ({
  default: (await import('./features/cart/page.tsx')).CartPage,
}))
const CheckoutPage = lazy(async () => ({
  default: (await import('./features/checkout/page.tsx')).CheckoutPage,
}))
const PayPage = lazy(async () => ({ default: (await import('./features/pay/page.tsx')).PayPage }))
const FavouritesPage = lazy(async () => ({
  default: (await import('./features/favourite/page.tsx')).FavouritesPage,
}))
const FollowingPage = lazy(async () => ({
  default: (await import('./features/follow/page.tsx')).FollowingPage,
}))
const HistoryPage = lazy(async () => ({
  default: (await import('./features/history/page.tsx')).HistoryPage,
}))
const CouponCentrePage = lazy(async () => ({
  default: (await import('./features/coupon/centre-page.tsx')).CouponCentrePage,
}))
const MyCouponsPage = lazy(async () => ({
  default: (await import('./features/coupon/mine-page.tsx')).MyCouponsPage,
}))
const PointsPage = lazy(async () => ({
  default: (await import('./features/points/page.tsx')).PointsPage,
}))

export function App() {
  return (
    <>
      <OfflineBar />
      <CrashGuard>
        <Suspense fallback={<PageLoading />}>
          <Switch>
            <Route path="/" component={FeedPage} />
            <Route path="/live/:id">{({ id }) => <RoomPage key={id} liveId={id} />}</Route>
            <Route path="/live/:id/replay">{({ id }) => <ReplayPage key={id} liveId={id} />}</Route>
            <Route path="/replays">{() => <ReplaysPage />}</Route>
            <Route path="/shop/:id/replays">{({ id }) => <ReplaysPage shopId={id} />}</Route>
            <Route path="/mall" component={MallPage} />
            <Route path="/category">{() => <CategoryPage />}</Route>
            <Route path="/category/:id">{({ id }) => <CategoryPage categoryId={id} />}</Route>
            <Route path="/search" component={SearchPage} />
            <Route path="/product/:id">{({ id }) => <ProductPage key={id} productId={id} />}</Route>
            <Route path="/shop/:id">{({ id }) => <ShelfPage shopId={id} />}</Route>
            <Route path="/orders" component={OrdersPage} />
            <Route path="/orders/:id">{({ id }) => <OrderPage orderId={id} />}</Route>
            <Route path="/me" component={MePage} />
            <Route path="/me/addresses" component={AddressesPage} />
            <Route path="/me/favourites" component={FavouritesPage} />
            <Route path="/me/following" component={FollowingPage} />
            <Route path="/me/history" component={HistoryPage} />
            <Route path="/me/coupons" component={MyCouponsPage} />
            <Route path="/me/points" component={PointsPage} />
            <Route path="/coupons">{() => <CouponCentrePage />}</Route>
            <Route path="/shop/:id/coupons">{({ id }) => <CouponCentrePage shopId={id} />}</Route>
            <Route path="/cart" component={CartPage} />
            <Route path="/checkout" component={CheckoutPage} />
            <Route path="/pay" component={PayPage} />
            <Route component={NotFoundPage} />
          </Switch>
        </Suspense>
      </CrashGuard>
      <SignInSheet />
      <CartMerge />
      <FollowNews />
      <ShareClaims />
    </>
  )
}

const PageLoading = () => (
  <p className="page-loading">
    <Spinner />
  </p>
)
