import type { StreamKey } from '@kaibo/contract/show/live'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useState } from 'react'
import { KeyCard } from './key-card.tsx'

/** A new stream key instead of a lost one, after a question: the old one stops at once. */
export function RenewKey({ shopId, liveId }: { shopId: string; liveId: string }) {
  const t = useT()
  const [isAsking, setAsking] = useState(false)
  const [ingest, setIngest] = useState<StreamKey | null>(null)
  const renew = useActionOf(() => api.live.renewKey({ shopId, id: liveId }), {
    onDone: made => {
      setAsking(false)
      setIngest(made)
    },
  })
  const forget = () => setIngest(null)
  return (
    <>
      <Button size="s" onClick={() => setAsking(true)}>
        {t('key.renew')}
      </Button>
      <Dialog
        open={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => renew.run(undefined)}
        busy={renew.busy}
        tone="danger"
        title={t('key.renewTitle')}
        confirmLabel={t('key.renewConfirm')}
      >
        {t('key.renewBody')}
      </Dialog>
      <Sheet
        open={ingest !== null}
        onClose={forget}
        title={t('key.newTitle')}
        side="end"
        footer={
          <Button tone="primary" wide onClick={forget}>
            {t('key.savedNew')}
          </Button>
        }
      >
        {ingest && <KeyCard ingest={ingest} />}
      </Sheet>
    </>
  )
}
