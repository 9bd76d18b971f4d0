import { Redirect, Route, Router, Switch } from 'wouter'
import { Gate } from './features/account/gate.tsx'
import { useWorkplace } from './features/account/workplace.tsx'
import { routes } from './routes.tsx'
import { ConsoleFrame } from './shell/console-frame.tsx'
import { NotFoundPage } from './shell/not-found.tsx'
import { placesFor } from './shell/places.ts'

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
  const [first] = places
  return (
    <Switch>
      {routes
        .filter(route => places.some(place => place.id === route.place))
        .map(({ path, page }) => (
          <Route<Record<string, string | undefined>> key={path} path={path}>
            {params => page(params.id ?? null)}
          </Route>
        ))}
      {first && <Route path="/">{() => <Redirect to={first.href} replace />}</Route>}
      <Route component={NotFoundPage} />
    </Switch>
  )
}
