import { useT } from '@kaibo/ui/i18n.ts'
import { useSyncExternalStore } from 'react'
import './shell.css'

function subscribe(listener: () => void): () => void {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

/** Says that the device is offline, for as long as it is. */
export function OfflineBar() {
  const t = useT()
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine)
  if (isOnline) return null
  return (
    <p className="offline-bar" role="status">
      {t('offline')}
    </p>
  )
}
