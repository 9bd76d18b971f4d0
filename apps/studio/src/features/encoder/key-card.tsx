import type { StreamKey } from '@kaibo/contract/show/live'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { CopyField } from './copy-field.tsx'
import './encoder.css'
import { ffmpegCommand } from './model.ts'
import { ObsSteps } from './obs-steps.tsx'

/** Address and key, this once, with how to use them. */
export function KeyCard({ ingest }: { ingest: StreamKey }) {
  const t = useT()
  const { dateTime } = useFormat()
  return (
    <div className="k-stack">
      <p className="key-once">
        <Icon name="warning" />
        <span>{t('key.once')}</span>
      </p>
      {ingest.expiresAt && <p>{t('key.expires', { at: dateTime(ingest.expiresAt) })}</p>}
      <CopyField label={t('key.address')} value={ingest.rtmpUrl} copyLabel={t('key.copyAddress')} />
      <CopyField label={t('key.key')} value={ingest.streamKey} copyLabel={t('key.copyKey')} />
      <section className="key-how">
        <h3>{t('key.obsTitle')}</h3>
        <ObsSteps />
      </section>
      <details className="key-how">
        <summary>{t('key.ffmpegTitle')}</summary>
        <CopyField
          label={t('key.ffmpeg')}
          value={ffmpegCommand(ingest)}
          copyLabel={t('key.copyFfmpeg')}
          hint={t('key.ffmpegHint')}
        />
      </details>
    </div>
  )
}
