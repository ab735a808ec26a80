/**
 * The way through the items: chunk by chunk, each against all tiles of vectors, so that the items
 * are read from memory once; then the scores are selected or copied.
 */
import { CHUNK, GROUP } from './wat.mjs';

/** Bytes of the scratch place's row of one vector. */
const ROW = 4 * CHUNK;

/** Fields of a tile's record, i32 each, in the order of src/kernels/vector-job.ts. */
const field = (/** @type {number} */ index) => `(i32.load offset=${4 * index} (local.get $tile))`;

/** Bytes of a tile's record. */
const RECORD = 20;

/**
 * `scan`: the scratch place is at 0. With `$heapBytes`, `$sink` holds `$sinkBytes` per vector: a heap,
 * and where that is not all, a list and its state (select.mjs); with 0 a row of `$sinkBytes` per item,
 * padded to full groups.
 */
export const SCAN = `
(func (export "scan") (param $group i32) (param $groupBytes i32) (param $rows i32)
    (param $tiles i32) (param $tilesEnd i32) (param $sink i32) (param $sinkBytes i32) (param $heapBytes i32)
  (local $row i32) (local $rowEnd i32) (local $end i32) (local $tile i32) (local $to i32)
  (local $scores i32) (local $scoresEnd i32) (local $heapEnd i32)
  (loop $chunks
    (local.set $rowEnd (i32.add (local.get $row) (i32.const ${CHUNK})))
    (if (i32.gt_u (local.get $rowEnd) (local.get $rows)) (then (local.set $rowEnd (local.get $rows))))
    (local.set $end (i32.add (local.get $group) (i32.mul (local.get $groupBytes)
      (i32.shr_u (i32.add (i32.sub (local.get $rowEnd) (local.get $row)) (i32.const ${GROUP - 1}))
        (i32.const ${Math.log2(GROUP)})))))
    (local.set $tile (local.get $tiles))
    (local.set $to (local.get $sink))
    (loop $nextTile
      (call_indirect (type $tile) (local.get $group) (local.get $end) ${field(1)} ${field(2)}
        ${field(3)} (i32.const 0) ${field(0)})
      (local.set $scores (i32.const 0))
      (local.set $scoresEnd (i32.mul ${field(4)} (i32.const ${ROW})))
      (loop $vectors
        (if (local.get $heapBytes)
          (then
            (local.set $heapEnd (i32.add (local.get $to) (local.get $heapBytes)))
            (if (i32.eq (local.get $heapBytes) (local.get $sinkBytes))
              (then (call $offer (local.get $to) (local.get $heapEnd)
                (local.get $scores) (local.get $row) (local.get $rowEnd)))
              (else (call $collect (local.get $to) (local.get $heapEnd)
                (i32.add (local.get $to) (local.get $sinkBytes))
                (local.get $scores) (local.get $row) (local.get $rowEnd))))
            (local.set $to (i32.add (local.get $to) (local.get $sinkBytes))))
          (else
            (call $spread (local.get $to) (local.get $sinkBytes) (local.get $scores)
              (local.get $row) (local.get $rowEnd))
            (local.set $to (i32.add (local.get $to) (i32.const 4)))))
        (br_if $vectors (i32.lt_u
          (local.tee $scores (i32.add (local.get $scores) (i32.const ${ROW})))
          (local.get $scoresEnd))))
      (br_if $nextTile (i32.lt_u
        (local.tee $tile (i32.add (local.get $tile) (i32.const ${RECORD}))) (local.get $tilesEnd))))
    (if (i32.eqz (local.get $heapBytes)) (then (local.set $sink
      (i32.add (local.get $sink) (i32.mul (local.get $sinkBytes) (i32.const ${CHUNK}))))))
    (local.set $group (local.get $end))
    (br_if $chunks (i32.lt_u (local.tee $row (local.get $rowEnd)) (local.get $rows)))))`;
