import { lazy } from 'react'
import { Route, Router, Switch } from 'wouter'
import { Gate } from './features/account/gate.tsx'
import { OrdersPage } from './features/orders/page.tsx'
import { ConsoleFrame } from './shell/console-frame.tsx'
import { NotFoundPage } from './shell/not-found.tsx'

const TodayPage = lazy(async () => ({
  default: (await import('./features/today/page.tsx')).TodayPage,
}))

export function App() {
  return (
    <Router base="/console">
      <Gate>
        <ConsoleFrame>
          <Switch>
            <Route path="/" component={TodayPage} />
            <Route path="/orders/:id?">{({ id }) => <OrdersPage orderId={id ?? null} />}</Route>
            <Route component={NotFoundPage} />
          </Switch>
        </ConsoleFrame>
      </Gate>
    </Router>
  )
}
