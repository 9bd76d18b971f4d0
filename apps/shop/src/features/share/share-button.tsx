import { IconButton } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { useCode } from '../../shell/use-code.ts'

const fetchSheet = async () => (await import('./share-sheet.tsx')).ShareSheet

/** Opens the ways to share a room. */
export function ShareButton({ liveId }: { liveId: string }) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  const ShareSheet = useCode(fetchSheet, isOpen ? 'now' : 'later')
  return (
    <>
      <IconButton
        icon="share"
        tone="glass"
        label={t('share.title')}
        onClick={() => setOpen(true)}
      />
      {ShareSheet && <ShareSheet liveId={liveId} open={isOpen} onClose={() => setOpen(false)} />}
    </>
  )
}
