import type { StreamHealth } from '@kaibo/contract/show/live'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { lazy, Suspense, useEffect } from 'react'
import type { Broadcast, BroadcastView } from '../broadcast.ts'
import { DevicesSheet } from '../sheets/devices-sheet.tsx'
import { NumbersSheet } from '../sheets/numbers-sheet.tsx'
import type { Numbers } from '../use-numbers.ts'
import type { CastScreen } from './use-cast-screen.ts'

const EffectsPanel = lazy(async () => ({
  default: (await import('../panel/effects-panel.tsx')).EffectsPanel,
}))

type CastPanelsProps = {
  broadcast: Broadcast
  view: BroadcastView
  screen: CastScreen
  numbers: Numbers
  arrived: StreamHealth | undefined
}

/** What opens over or below the picture. */
export function CastPanels({ broadcast, view, screen, numbers, arrived }: CastPanelsProps) {
  useProblemToast(broadcast, view)
  useSlowToast(view)
  return (
    <>
      {screen.open === 'effects' && (
        <Suspense>
          <EffectsPanel
            broadcast={broadcast}
            view={view}
            onCompare={screen.preview.compare}
            onClose={screen.close}
          />
        </Suspense>
      )}
      <DevicesSheet
        open={screen.open === 'devices'}
        onClose={screen.close}
        broadcast={broadcast}
        view={view}
      />
      <NumbersSheet
        open={screen.open === 'numbers'}
        onClose={screen.close}
        cast={view.cast}
        numbers={numbers}
        arrived={arrived}
      />
    </>
  )
}

/** A change that failed while there is a picture is told in passing: the picture goes on. */
function useProblemToast({ camera }: Broadcast, { problem, picture }: BroadcastView): void {
  const t = useT()
  const isPassing = problem !== null && picture !== null
  useEffect(() => {
    if (!isPassing) return
    // Who closed the browser's own question knows that they did.
    if (problem !== 'denied') toast.error(t(`broadcast.problem.${problem}.title`))
    camera.forgetProblem()
  }, [isPassing, problem, camera, t])
}

/** Effects that were taken off are told wherever the host is. */
function useSlowToast({ effectTrouble }: BroadcastView): void {
  const t = useT()
  useEffect(() => {
    if (effectTrouble === 'tooSlow') toast.error(t('effects.tooSlow'))
  }, [effectTrouble, t])
}
