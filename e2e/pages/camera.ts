import type { Locator, Page } from './page.ts'

/** The host's camera, by the words that a person reads there. */
export const cameraPages = (page: Page) => ({
  /** From the session that was just made. */
  enter: () => page.getByRole('link', { name: '用这台设备开播' }).first().click(),
  /** Waits until the own picture moves. */
  seesMyself: () =>
    page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0),
  go: () => page.getByRole('button', { name: '开始直播' }).click(),
  onAir: (): Locator => page.locator('main[data-at=live]'),
  byOtherWay: (): Locator => page.getByText('正经备用通道直播', { exact: false }),
  tool: (name: string): Locator => page.getByRole('toolbar').getByRole('button', { name }),
  /** Fake cameras look alike: the one that is chosen by name becomes a blue one. */
  paintSecondCamera: () =>
    page.addInitScript(() => {
      const { mediaDevices } = navigator
      const ask = mediaDevices.getUserMedia.bind(mediaDevices)
      const isChosen = (video: MediaStreamConstraints['video']) =>
        typeof video === 'object' && video.deviceId !== undefined
      const blue = () => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 })
        const pen = canvas.getContext('2d')
        setInterval(() => {
          if (pen) pen.fillStyle = `rgb(30 40 ${200 + Math.round(Math.random() * 40)})`
          pen?.fillRect(0, 0, canvas.width, canvas.height)
        }, 100)
        return canvas.captureStream(10)
      }
      mediaDevices.getUserMedia = async asked => (isChosen(asked?.video) ? blue() : ask(asked))
    }),
  async chooseSecondCamera() {
    await this.tool('设备').click()
    const cameras = page.getByRole('combobox', { name: '摄像头' })
    await cameras.selectOption({ index: 1 })
    await page.getByRole('button', { name: '关闭' }).click()
  },
  /** No candidate but a relay's, and there is no relay: what a network without UDP comes to. */
  refuseUdp: () =>
    page.addInitScript(() => {
      const Peer = RTCPeerConnection
      globalThis.RTCPeerConnection = class extends Peer {
        constructor(config?: RTCConfiguration) {
          super({ ...config, iceTransportPolicy: 'relay' })
        }
      }
    }),
})
