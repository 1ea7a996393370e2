from exchange.models.batches import Batch, BatchFault, BatchRecord, ColumnMap, Likeness
from exchange.models.ctdc import CtdcSet
from exchange.models.exports import Export
from exchange.models.handovers import Handover, HandoverTry
from exchange.models.keys import OfficeKey

__all__ = [
    "Batch",
    "BatchFault",
    "BatchRecord",
    "ColumnMap",
    "CtdcSet",
    "Export",
    "Handover",
    "HandoverTry",
    "Likeness",
    "OfficeKey",
]
