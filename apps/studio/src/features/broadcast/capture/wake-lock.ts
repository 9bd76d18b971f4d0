/** Keeps the screen on until the returned function is called; where the browser cannot, nothing. */
export function keepAwake(): () => void {
  let isWanted = true
  let lock: WakeLockSentinel | null = null
  const ask = async () => {
    if (!isWanted || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
    // Refused when the battery is low: the show goes on all the same.
    const given = await navigator.wakeLock.request('screen').catch(() => null)
    if (isWanted) lock = given
    else void given?.release()
  }
  // A hidden page loses its lock and must ask again.
  document.addEventListener('visibilitychange', ask)
  void ask()
  return () => {
    isWanted = false
    document.removeEventListener('visibilitychange', ask)
    void lock?.release()
  }
}
