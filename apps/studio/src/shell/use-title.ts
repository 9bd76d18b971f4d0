import { useT } from '@kaibo/ui/i18n.ts'
import { useEffect } from 'react'

/** Names the page in the tab and for screen readers. */
export function useTitle(title: string): void {
  const app = useT()('app.name')
  useEffect(() => {
    document.title = title === app ? app : `${title} · ${app}`
  }, [title, app])
}
