import { useEffect } from 'react'

const home = 'Kaibo 开播'

/** Names the tab and the history entry after what the page shows. */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · ${home}` : home
    return () => {
      document.title = home
    }
  }, [title])
}
