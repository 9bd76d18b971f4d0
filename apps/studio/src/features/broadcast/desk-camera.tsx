import { useT } from '@kaibo/ui/i18n.ts'
import { may } from '../account/model.ts'
import { ControlDesk } from '../desk/control-desk.tsx'
import type { Desk } from '../desk/use-desk.ts'
import { HealthBar } from '../programme/health-bar.tsx'
import { TroubleNote } from '../programme/trouble-note.tsx'
import { Teleprompter } from '../script/teleprompter.tsx'
import './cast.css'
import './desk-camera.css'
import { isOnAir, isUnderWay } from './model.ts'
import type { CastScreenProps } from './phone-screen.tsx'
import { useNumbers } from './use-numbers.ts'
import { CastPanels } from './view/cast-panels.tsx'
import { CastPicture } from './view/cast-picture.tsx'
import { Signal } from './view/signal.tsx'
import { Tools } from './view/tools.tsx'
import { useCastScreen } from './view/use-cast-screen.ts'

/** The control desk with the camera of this computer where the viewers' picture stands otherwise. */
export function DeskCamera(props: CastScreenProps) {
  return (
    <ControlDesk
      shop={props.shop}
      show={props.show}
      stage={desk => <CameraStage {...props} desk={desk} />}
    />
  )
}

function CameraStage({ shop, show, broadcast, view, desk }: CastScreenProps & { desk: Desk }) {
  const t = useT()
  const screen = useCastScreen(view)
  const room = desk.room.data
  const clockOffsetMs = room ? Date.parse(room.now) - desk.room.dataUpdatedAt : 0
  const cast = { broadcast, view, screen, numbers: useNumbers(broadcast) }
  // A connection of this page that stands in the way of its next one is told in its own words.
  const isConnecting = isUnderWay(view.cast) && !isOnAir(view.cast)
  return (
    <>
      <div className="stage cast-stage" data-script>
        <section className="programme cast-box" data-theme="room" aria-label={t('broadcast.title')}>
          <CastPicture {...cast} {...{ room, clockOffsetMs }} liveId={show.id}>
            <div className="cast-box-top">
              <Signal {...cast} />
            </div>
            {screen.open !== 'effects' && view.picture && (
              <div className="cast-bottom">
                <Tools {...cast} />
              </div>
            )}
          </CastPicture>
          <CastPanels {...cast} arrived={desk.health.now} />
        </section>
        {may(shop, 'room.assist') && <Teleprompter liveId={show.id} />}
      </div>
      {may(shop, 'live.read') && (
        <>
          <HealthBar health={desk.health} view={null} />
          {!isConnecting && <TroubleNote health={desk.health} />}
        </>
      )}
    </>
  )
}
