import type { Fragment } from 'hls.js'
import Hls from 'hls.js/light'

/**
 * Loads the parts of LL-HLS. The library (1.7.4) waits for seconds when its books call a segment loaded of
 * which it does not know every part: its last one is shorter than the 0.2 s that they allow to be
 * missing, or what is behind the viewer was removed while a part was added. Such a segment is forgotten
 * here, which only makes it look again at what is missing: parts that it knows are not loaded twice.
 */
export class PartLoader extends Hls.DefaultConfig.streamController {
  protected override isLoopLoading(segment: Fragment, targetSec: number): boolean {
    const state: string = this.fragmentTracker.getState(segment)
    if (!this.loadingParts || state !== 'OK') return super.isLoopLoading(segment, targetSec)
    this.fragmentTracker.removeFragment(segment)
    return false
  }
}
