import type { LiveSession } from '@kaibo/contract/live'
import { Spinner } from '@kaibo/ui/feedback/spinner.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { CopyField } from '../encoder/copy-field.tsx'
import { ObsSteps } from '../encoder/obs-steps.tsx'
import { RenewKey } from '../encoder/renew-key.tsx'

/** Before the first picture: how to send it. */
export function WaitingCard({ shopId, session }: { shopId: string; session: LiveSession }) {
  const t = useT()
  return (
    <div className="waiting">
      <p className="waiting-title" role="status">
        <Spinner />
        {t('waiting.title')}
      </p>
      <p className="k-muted">{t('waiting.hint')}</p>
      <CopyField
        label={t('key.address')}
        value={session.rtmpUrl}
        copyLabel={t('key.copyAddress')}
      />
      <div className="waiting-key">
        <p className="k-muted">{t('waiting.key')}</p>
        <RenewKey shopId={shopId} liveId={session.id} />
      </div>
      <details className="key-how">
        <summary>{t('key.obsTitle')}</summary>
        <ObsSteps />
      </details>
    </div>
  )
}
