import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import '@kaibo/ui/control/button.css'
import { Link } from 'wouter'
import './encoder.css'

/** The short way on air: the camera of the device that is in the hand. */
export function CameraLink({ liveId }: { liveId: string }) {
  const t = useT()
  return (
    <section className="camera-link">
      <Link
        className="k-button"
        data-tone="primary"
        data-size="l"
        data-wide
        href={`/live/${liveId}/camera`}
      >
        <Icon name="camera" />
        {t('broadcast.title')}
      </Link>
      <p className="k-muted">{t('broadcast.hint')}</p>
    </section>
  )
}
