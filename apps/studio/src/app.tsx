import { lazy, Suspense } from 'react'
import { Route, Router, Switch } from 'wouter'
import { Gate } from './features/account/gate.tsx'
import { SessionsPage } from './features/sessions/page.tsx'
import { Loading } from './shell/loading.tsx'
import { NotFoundPage } from './shell/not-found.tsx'
import './shell/shell.css'

const NewSessionPage = lazy(async () => ({
  default: (await import('./features/create/page.tsx')).NewSessionPage,
}))
const DeskPage = lazy(async () => ({
  default: (await import('./features/desk/page.tsx')).DeskPage,
}))
const CameraPage = lazy(async () => ({
  default: (await import('./features/broadcast/page.tsx')).CameraPage,
}))
const TeamPage = lazy(async () => ({
  default: (await import('./features/team/page.tsx')).TeamPage,
}))
const RecapPage = lazy(async () => ({
  default: (await import('./features/recap/page.tsx')).RecapPage,
}))

export function App() {
  return (
    <Router base="/studio">
      <Gate>
        <Suspense fallback={<Loading />}>
          <Switch>
            <Route path="/" component={SessionsPage} />
            <Route path="/new" component={NewSessionPage} />
            <Route path="/live/:id">{({ id }) => <DeskPage key={id} liveId={id} />}</Route>
            <Route path="/live/:id/camera">{({ id }) => <CameraPage key={id} liveId={id} />}</Route>
            <Route path="/live/:id/recap">{({ id }) => <RecapPage key={id} liveId={id} />}</Route>
            <Route path="/team" component={TeamPage} />
            <Route component={NotFoundPage} />
          </Switch>
        </Suspense>
      </Gate>
    </Router>
  )
}
