import type { Page } from './page.ts'

/** What reaches a viewer's eyes, measured at the `<video>`. */
export const watching = (page: Page) => ({
  /** Waits until the picture moves and has this many pixels on its shorter side. */
  seesSide: (px: number) =>
    page.waitForFunction(
      side => {
        const video = document.querySelector('video')
        const isShown = video !== null && video.currentTime > 0 && video.readyState > 2
        return isShown && Math.min(video.videoWidth, video.videoHeight) === side
      },
      px,
      { polling: 500, timeout: 180_000 },
    ),
  /** Waits until the picture is green, as that of the fake camera is. */
  seesGreen() {
    return this.seesColour(1)
  },
  /** Waits until a colour stands out: 0 is red, 1 green, 2 blue. */
  seesColour: (channel: 0 | 1 | 2) =>
    page.waitForFunction(
      channel => {
        const video = document.querySelector('video')
        const canvas = document.createElement('canvas')
        const pen = canvas.getContext('2d')
        if (!video || video.videoWidth === 0 || !pen) return false
        canvas.width = canvas.height = 16
        pen.drawImage(video, 0, 0, 16, 16)
        const { data } = pen.getImageData(0, 0, 16, 16)
        let apart = 0
        for (let at = 0; at < data.length; at += 4) {
          apart += (data[at + channel] ?? 0) - (data[at + ((channel + 1) % 3)] ?? 0)
        }
        return apart / (data.length / 4) > 40
      },
      channel,
      { polling: 500, timeout: 90_000 },
    ),
  /** Waits until a beep is heard within two and a half seconds, or none is: the fake microphone beeps every second. */
  hears: (isLoud: boolean) =>
    page.waitForFunction(
      async isLoud => {
        const video = document.querySelector<HTMLVideoElement & { captureStream(): MediaStream }>(
          'video',
        )
        const sound = video?.captureStream().getAudioTracks() ?? []
        if (sound.length === 0) return false
        const audio = new AudioContext()
        const analyser = audio.createAnalyser()
        audio.createMediaStreamSource(new MediaStream(sound)).connect(analyser)
        const samples = new Float32Array(analyser.fftSize)
        let loudest = 0
        for (let look = 0; look < 60; look++) {
          await new Promise(resolve => setTimeout(resolve, 40))
          analyser.getFloatTimeDomainData(samples)
          loudest = Math.max(loudest, ...samples)
        }
        await audio.close()
        return isLoud ? loudest > 0.02 : loudest < 0.005
      },
      isLoud,
      { polling: 500, timeout: 90_000 },
    ),
})
