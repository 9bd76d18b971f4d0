import { Button } from '@kaibo/ui/control/button.tsx'
import { SelectField } from '@kaibo/ui/control/field.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import type { Broadcast, BroadcastView } from '../broadcast.ts'
import { canShareScreen } from '../capture/devices.ts'

type DevicesSheetProps = {
  open: boolean
  onClose: () => void
  broadcast: Broadcast
  view: BroadcastView
}

/** Which camera, which microphone, and the screen instead. */
export function DevicesSheet({ open, onClose, broadcast, view }: DevicesSheetProps) {
  const t = useT()
  const { camera } = broadcast
  const { cameras, mics, mic, video, source } = view
  const idOf = (track: MediaStreamTrack | null) => track?.getSettings().deviceId ?? ''
  const optionsOf = (list: BroadcastView['cameras']) =>
    list.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Sheet open={open} onClose={onClose} title={t('broadcast.devices.title')}>
      <div className="k-stack">
        {source === 'camera' && cameras.length > 0 && (
          <SelectField
            label={t('broadcast.devices.camera')}
            options={optionsOf(cameras)}
            value={idOf(video)}
            onChange={event => void camera.chooseCamera(event.target.value)}
          />
        )}
        {mic && mics.length > 0 && (
          <SelectField
            label={t('broadcast.devices.mic')}
            options={optionsOf(mics)}
            value={idOf(mic)}
            onChange={event => void camera.chooseMic(event.target.value)}
          />
        )}
        {!mic && (
          <p className="cast-note">
            <Icon name="warning" />
            {t('broadcast.devices.noMic')}
          </p>
        )}
        {canShareScreen() && (
          <Button
            wide
            onClick={() => {
              onClose()
              void (source === 'screen' ? camera.stopScreen() : camera.shareScreen())
            }}
          >
            {t(source === 'screen' ? 'broadcast.tool.stopScreen' : 'broadcast.tool.screen')}
          </Button>
        )}
        <p className="k-muted">{t('broadcast.devices.hint')}</p>
      </div>
    </Sheet>
  )
}
