from exchange.models.batches import Batch, BatchFault, BatchRecord, ColumnMap, Likeness
from exchange.models.exports import Export
from exchange.models.handovers import Handover, HandoverTry
from exchange.models.keys import OfficeKey

__all__ = [
    "Batch",
    "BatchFault",
    "BatchRecord",
    "ColumnMap",
    "Export",
    "Handover",
    "HandoverTry",
    "Likeness",
    "OfficeKey",
]
