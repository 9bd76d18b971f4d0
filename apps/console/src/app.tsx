import { lazy } from 'react'
import { Redirect, Route, Router, Switch } from 'wouter'
import { Gate } from './features/account/gate.tsx'
import { useWorkplace } from './features/account/workplace.tsx'
import { OrdersPage } from './features/orders/page.tsx'
import { TodayPage } from './features/today/page.tsx'
import { ConsoleFrame } from './shell/console-frame.tsx'
import { NotFoundPage } from './shell/not-found.tsx'
import { type PlaceId, placesFor } from './shell/places.ts'

const ProductsPage = lazy(async () => ({
  default: (await import('./features/products/page.tsx')).ProductsPage,
}))
const NewProductPage = lazy(async () => ({
  default: (await import('./features/product-form/page.tsx')).NewProductPage,
}))
const EditProductPage = lazy(async () => ({
  default: (await import('./features/product-form/page.tsx')).EditProductPage,
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

export function App() {
  return (
    <Router base="/console">
      <Gate>
        <ConsoleFrame>
          <Pages />
        </ConsoleFrame>
      </Gate>
    </Router>
  )
}

/** What somebody may not see does not exist for them; what they may see first is their start page. */
function Pages() {
  const places = placesFor(useWorkplace())
  const opens = (id: PlaceId) => places.some(place => place.id === id)
  const [first] = places
  return (
    <Switch>
      {opens('today') && <Route path="/" component={TodayPage} />}
      {opens('orders') && (
        <Route path="/orders/:id?">{({ id }) => <OrdersPage orderId={id ?? null} />}</Route>
      )}
      {opens('products') && <Route path="/products" component={ProductsPage} />}
      {opens('products') && <Route path="/products/new" component={NewProductPage} />}
      {opens('products') && (
        <Route path="/products/:id">
          {({ id }) => <EditProductPage key={id} productId={id} />}
        </Route>
      )}
      {opens('shop') && <Route path="/shop" component={ShopPage} />}
      {opens('audit') && <Route path="/platform/audit" component={AuditPage} />}
      {opens('ledger') && <Route path="/platform/ledger" component={LedgerPage} />}
      {first && <Route path="/">{() => <Redirect to={first.href} replace />}</Route>}
      <Route component={NotFoundPage} />
    </Switch>
  )
}
