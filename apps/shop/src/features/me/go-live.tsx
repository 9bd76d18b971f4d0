import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'

/** For whoever may host: the way on air, with the camera that is in the hand. */
export function GoLive() {
  const t = useT()
  return (
    <a className="me-live" href="/studio/new">
      <span className="me-live-mark">
        <Icon name="live" />
      </span>
      <span className="me-live-words">
        <strong>{t('me.goLive')}</strong>
        <small>{t('me.goLiveHint')}</small>
      </span>
      <Icon name="chevron" />
    </a>
  )
}
