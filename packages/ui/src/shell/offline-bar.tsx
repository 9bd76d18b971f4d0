import { useSyncExternalStore } from 'react'
import { useKitT } from '../i18n.ts'

function subscribe(listener: () => void): () => void {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

/** Says that the device is offline, for as long as it is; the app dresses `.offline-bar`. */
export function OfflineBar() {
  const t = useKitT()
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine)
  if (isOnline) return null
  return (
    <p className="offline-bar" role="status">
      {t('offline')}
    </p>
  )
}
