import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { BottomNav } from '@kaibo/ui/shell/bottom-nav.tsx'
import { LanguageButton } from '@kaibo/ui/shell/language-button.tsx'
import { OfflineBar } from '@kaibo/ui/shell/offline-bar.tsx'
import { type ReactNode, Suspense, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { useNarrow } from '../components/use-narrow.ts'
import { useWorkplace } from '../features/account/workplace.tsx'
import { AccountMenu } from './account-menu.tsx'
import { Loading } from './loading.tsx'
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

/** Places that stand at the bottom of a phone; the others are one tap away. */
const phonePlacesMax = 4

function PhoneNav() {
  const t = useT()
  const [path, go] = useLocation()
  const [isOpen, setOpen] = useState(false)
  const places = placesFor(useWorkplace())
  const fits = places.length <= phonePlacesMax + 1
  const near = fits ? places : places.slice(0, phonePlacesMax)
  const more = fits ? [] : places.slice(phonePlacesMax)
  const itemOf = (place: (typeof places)[number]) => ({
    href: place.href,
    icon: place.icon,
    label: t(`nav.${place.id}`),
    current: isAt(path, place),
  })
  const goTo = (href: string) => {
    setOpen(href === moreHref)
    if (href !== moreHref) go(href)
  }
  const items = near.map(itemOf)
  if (more.length > 0) {
    const current = more.some(place => isAt(path, place))
    items.push({ href: moreHref, icon: 'more', label: t('nav.more'), current })
  }
  return (
    <div className="frame-bottom">
      <BottomNav onGo={goTo} items={items} />
      <Sheet open={isOpen} onClose={() => setOpen(false)} title={t('nav.more')}>
        <nav className="more-places" aria-label={t('nav.more')}>
          {more.map(place => (
            <Link
              key={place.id}
              href={place.href}
              className="sidebar-link"
              onClick={() => setOpen(false)}
            >
              <Icon name={place.icon} />
              {t(`nav.${place.id}`)}
            </Link>
          ))}
        </nav>
      </Sheet>
    </div>
  )
}

const moreHref = '#more'
