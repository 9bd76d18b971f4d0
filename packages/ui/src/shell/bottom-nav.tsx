import type { JSX, ReactNode } from 'react'
import { Icon, type IconName } from '../display/icon.tsx'
import { useKitT } from '../i18n.ts'
import './bottom-nav.css'

export type NavItem = {
  href: string
  icon: IconName
  label: string
  current?: boolean
  badge?: ReactNode
}

/** The main places of the shop; `onGo` lets a router take over the plain links. */
export function BottomNav(props: {
  items: readonly NavItem[]
  onGo?: (href: string) => void
}): JSX.Element {
  const { items, onGo } = props
  const t = useKitT()
  return (
    <nav className="k-nav" aria-label={t('nav.main')}>
      {items.map(item => (
        <a
          key={item.href}
          className="k-nav-item"
          href={item.href}
          aria-current={item.current ? 'page' : undefined}
          onClick={event => {
            if (!onGo || event.metaKey || event.ctrlKey || event.shiftKey) return
            event.preventDefault()
            onGo(item.href)
          }}
        >
          <span className="k-nav-icon">
            <Icon name={item.icon} />
            {item.badge}
          </span>
          {item.label}
        </a>
      ))}
    </nav>
  )
}
