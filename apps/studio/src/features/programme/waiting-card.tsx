import { Spinner } from '@kaibo/ui/feedback/spinner.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { type MyShop, may } from '../account/model.ts'
import { CameraLink } from '../encoder/camera-link.tsx'
import { CopyField } from '../encoder/copy-field.tsx'
import { ObsSteps } from '../encoder/obs-steps.tsx'
import { RenewKey } from '../encoder/renew-key.tsx'
import type { Show } from '../sessions/model.ts'

/** Before the first picture: how to send it. */
export function WaitingCard({ shop, session }: { shop: MyShop; session: Show }) {
  const t = useT()
  return (
    <div className="waiting">
      {may(shop, 'live.host') && <CameraLink liveId={session.id} />}
      <p className="waiting-title" role="status">
        <Spinner />
        {t('waiting.title')}
      </p>
      <p className="k-muted">{t('waiting.hint')}</p>
      {session.rtmpUrl && (
        <CopyField
          label={t('key.address')}
          value={session.rtmpUrl}
          copyLabel={t('key.copyAddress')}
        />
      )}
      {may(shop, 'live.host') && (
        <div className="waiting-key">
          <p className="k-muted">{t('waiting.key')}</p>
          <RenewKey shopId={shop.id} liveId={session.id} />
        </div>
      )}
      {session.rtmpUrl && (
        <details className="key-how">
          <summary>{t('key.obsTitle')}</summary>
          <ObsSteps />
        </details>
      )}
    </div>
  )
}
