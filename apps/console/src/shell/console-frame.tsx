import { useT } from '@kaibo/ui/i18n.ts'
import { BottomNav } from '@kaibo/ui/shell/bottom-nav.tsx'
import { type ReactNode, Suspense } from 'react'
import { useLocation } from 'wouter'
import { useNarrow } from '../components/use-narrow.ts'
import { useWorkplace } from '../features/account/workplace.tsx'
import { AccountMenu } from './account-menu.tsx'
import { LanguageButton } from './language-button.tsx'
import { Loading } from './loading.tsx'
import { OfflineBar } from './offline-bar.tsx'
import { isAt, placesFor } from './places.ts'
import { Sidebar } from './sidebar.tsx'
import './shell.css'

/** The frame of every page: navigation at the side, on a phone at the bottom. */
export function ConsoleFrame({ children }: { children: ReactNode }) {
  const isNarrow = useNarrow()
  const { shop } = useWorkplace()
  const page = (
    <main className="frame-page">
      <OfflineBar />
      {/* Another shop begins with nothing of the one before. */}
      <Suspense key={shop?.id} fallback={<Loading />}>
        {children}
      </Suspense>
    </main>
  )
  if (!isNarrow) {
    return (
      <div className="frame">
        <Sidebar />
        {page}
      </div>
    )
  }
  return (
    <div className="frame-narrow">
      <header className="frame-top">
        <AccountMenu />
        <LanguageButton />
      </header>
      {page}
      <PhoneNav />
    </div>
  )
}

function PhoneNav() {
  const t = useT()
  const [path, go] = useLocation()
  const places = placesFor(useWorkplace())
  return (
    <div className="frame-bottom">
      <BottomNav
        onGo={href => go(href)}
        items={places.map(place => ({
          href: place.href,
          icon: place.icon,
          label: t(`nav.${place.id}`),
          current: isAt(path, place),
        }))}
      />
    </div>
  )
}
