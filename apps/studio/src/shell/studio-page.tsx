import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { LanguageButton } from '@kaibo/ui/shell/language-button.tsx'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import mark from '../favicon.svg'
import { AccountButton } from '../features/account/account-button.tsx'
import { useTitle } from './use-title.ts'

type StudioPageProps = {
  title: string
  /** Where the back button leads, such as `/`; without it the logo stands there. */
  back?: string
  width?: 'narrow' | 'wide'
  children: ReactNode
}

/** The frame of every page but the control desk. */
export function StudioPage({ title, back, width = 'narrow', children }: StudioPageProps) {
  const t = useT()
  const [, go] = useLocation()
  useTitle(title)
  return (
    <Page
      width={width}
      bar={
        <AppBar
          title={title}
          lead={<img className="studio-mark" src={mark} alt="" />}
          onBack={back === undefined ? undefined : () => go(back)}
          actions={
            <>
              <Link className="studio-team" href="/team" aria-label={t('team.title')}>
                <Icon name="user" />
              </Link>
              <LanguageButton />
              <AccountButton />
            </>
          }
        />
      }
    >
      {children}
    </Page>
  )
}
