import type { StreamKey } from '@kaibo/contract/show/live'
import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { StudioPage } from '../../shell/studio-page.tsx'
import { CameraLink } from '../encoder/camera-link.tsx'
import { KeyCard } from '../encoder/key-card.tsx'
import './create.css'
import { SessionForm } from './session-form.tsx'

/** A new session, then its key: once. */
export function NewSessionPage() {
  const t = useT()
  const [, go] = useLocation()
  const [made, setMade] = useState<{ liveId: string; ingest: StreamKey } | null>(null)
  if (!made) {
    return (
      <StudioPage title={t('create.title')} back="/">
        <SessionForm
          onMade={(liveId, ingest) => {
            // The reply got lost and the call was made again: the desk can make a new key.
            if (ingest === null) go(`/live/${liveId}`, { replace: true })
            else setMade({ liveId, ingest })
          }}
        />
      </StudioPage>
    )
  }
  return (
    <StudioPage title={t('key.title')}>
      <section className="k-card create-camera">
        <CameraLink liveId={made.liveId} />
      </section>
      <p className="create-or k-muted">{t('broadcast.encoderInstead')}</p>
      <section className="k-card k-stack">
        <KeyCard ingest={made.ingest} />
        <Button
          tone="primary"
          size="l"
          wide
          onClick={() => go(`/live/${made.liveId}`, { replace: true })}
        >
          {t('key.saved')}
        </Button>
      </section>
    </StudioPage>
  )
}
