import { lazy, type ReactNode } from 'react'
import { OrdersPage } from './features/orders/page.tsx'
import { TodayPage } from './features/today/page.tsx'
import type { PlaceId } from './shell/places.ts'

const ProductsPage = lazy(async () => ({
  default: (await import('./features/products/page.tsx')).ProductsPage,
}))
const NewProductPage = lazy(async () => ({
  default: (await import('./features/product-form/page.tsx')).NewProductPage,
}))
const EditProductPage = lazy(async () => ({
  default: (await import('./features/product-form/page.tsx')).EditProductPage,
}))
const TagsPage = lazy(async () => ({
  default: (await import('./features/tags/page.tsx')).TagsPage,
}))
const DocumentsPage = lazy(async () => ({
  default: (await import('./features/documents/page.tsx')).DocumentsPage,
}))
const DocumentTypesPage = lazy(async () => ({
  default: (await import('./features/documents/types-page.tsx')).DocumentTypesPage,
}))
const DocumentQueuePage = lazy(async () => ({
  default: (await import('./features/documents/queue-page.tsx')).DocumentQueuePage,
}))
const ReviewsPage = lazy(async () => ({
  default: (await import('./features/reviews/page.tsx')).ReviewsPage,
}))
const CategoriesPage = lazy(async () => ({
  default: (await import('./features/categories/page.tsx')).CategoriesPage,
}))
const BrandsPage = lazy(async () => ({
  default: (await import('./features/brands/page.tsx')).BrandsPage,
}))
const PromotionsPage = lazy(async () => ({
  default: (await import('./features/promotions/page.tsx')).PromotionsPage,
}))
const FreightPage = lazy(async () => ({
  default: (await import('./features/freight/page.tsx')).FreightPage,
}))
const StockPage = lazy(async () => ({
  default: (await import('./features/stock/page.tsx')).StockPage,
}))
const StockTakesPage = lazy(async () => ({
  default: (await import('./features/stocktake/page.tsx')).StockTakesPage,
}))
const StockTakePage = lazy(async () => ({
  default: (await import('./features/stocktake/take-page.tsx')).StockTakePage,
}))
const VirtualPage = lazy(async () => ({
  default: (await import('./features/virtual/page.tsx')).VirtualPage,
}))
const TakeRatesPage = lazy(async () => ({
  default: (await import('./features/take-rates/page.tsx')).TakeRatesPage,
}))
const PointsPage = lazy(async () => ({
  default: (await import('./features/points/page.tsx')).PointsPage,
}))
const ShopWordsPage = lazy(async () => ({
  default: (await import('./features/words/page.tsx')).ShopWordsPage,
}))
const PlatformWordsPage = lazy(async () => ({
  default: (await import('./features/words/page.tsx')).PlatformWordsPage,
}))
const ShopPage = lazy(async () => ({
  default: (await import('./features/shop/page.tsx')).ShopPage,
}))
const AuditPage = lazy(async () => ({
  default: (await import('./features/platform/audit-page.tsx')).AuditPage,
}))
const LedgerPage = lazy(async () => ({
  default: (await import('./features/platform/ledger-page.tsx')).LedgerPage,
}))
const PatrolPage = lazy(async () => ({
  default: (await import('./features/patrol/page.tsx')).PatrolPage,
}))
const RecordingsPage = lazy(async () => ({
  default: (await import('./features/recordings/page.tsx')).RecordingsPage,
}))
const ShopCouponsPage = lazy(async () => ({
  default: (await import('./features/coupons/page.tsx')).ShopCouponsPage,
}))
const PlatformCouponsPage = lazy(async () => ({
  default: (await import('./features/coupons/page.tsx')).PlatformCouponsPage,
}))
const FlashSalesPage = lazy(async () => ({
  default: (await import('./features/flash-sales/page.tsx')).FlashSalesPage,
}))

/** A page of a place; `page` takes the `:id` of the address. The first route that fits is shown. */
export type PlaceRoute = { place: PlaceId; path: string; page: (id: string | null) => ReactNode }

export const routes: readonly PlaceRoute[] = [
  { place: 'today', path: '/', page: () => <TodayPage /> },
  { place: 'orders', path: '/orders/:id?', page: id => <OrdersPage orderId={id} /> },
  { place: 'products', path: '/products', page: () => <ProductsPage /> },
  { place: 'products', path: '/products/new', page: () => <NewProductPage /> },
  {
    place: 'products',
    path: '/products/:id',
    page: id => id && <EditProductPage key={id} productId={id} />,
  },
  { place: 'tags', path: '/tags', page: () => <TagsPage /> },
  { place: 'documents', path: '/documents', page: () => <DocumentsPage /> },
  { place: 'reviews', path: '/platform/reviews', page: () => <ReviewsPage /> },
  { place: 'documentQueue', path: '/platform/documents', page: () => <DocumentQueuePage /> },
  { place: 'categories', path: '/platform/categories', page: () => <CategoriesPage /> },
  { place: 'brands', path: '/platform/brands', page: () => <BrandsPage /> },
  {
    place: 'documentTypes',
    path: '/platform/document-types',
    page: () => <DocumentTypesPage />,
  },
  { place: 'stock', path: '/stock', page: () => <StockPage /> },
  { place: 'stock', path: '/stock/takes', page: () => <StockTakesPage /> },
  {
    place: 'stock',
    path: '/stock/takes/:id',
    page: id => id && <StockTakePage key={id} takeId={id} />,
  },
  { place: 'virtual', path: '/virtual', page: () => <VirtualPage /> },
  { place: 'promotions', path: '/promotions', page: () => <PromotionsPage /> },
  { place: 'freight', path: '/freight', page: () => <FreightPage /> },
  { place: 'coupons', path: '/coupons', page: () => <ShopCouponsPage /> },
  { place: 'flash', path: '/flash-sales', page: () => <FlashSalesPage /> },
  { place: 'words', path: '/words', page: () => <ShopWordsPage /> },
  { place: 'shop', path: '/shop', page: () => <ShopPage /> },
  { place: 'patrol', path: '/platform/patrol', page: () => <PatrolPage /> },
  { place: 'recordings', path: '/platform/recordings', page: () => <RecordingsPage /> },
  {
    place: 'platformCoupons',
    path: '/platform/coupons',
    page: () => <PlatformCouponsPage />,
  },
  { place: 'takeRates', path: '/platform/take-rates', page: () => <TakeRatesPage /> },
  { place: 'points', path: '/platform/points', page: () => <PointsPage /> },
  { place: 'platformWords', path: '/platform/words', page: () => <PlatformWordsPage /> },
  { place: 'audit', path: '/platform/audit', page: () => <AuditPage /> },
  { place: 'ledger', path: '/platform/ledger', page: () => <LedgerPage /> },
]
