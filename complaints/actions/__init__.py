"""Every write of the complaints room, by subject."""

from .confirming import confirm_phone as confirm_phone
from .confirming import send_code as send_code
from .drafting import add_file as add_file
from .drafting import begin as begin
from .drafting import expire as expire
from .drafting import keep as keep
from .drafting import remove_file as remove_file
from .drafting import submit as submit
from .locking import lock_infected as lock_infected
from .lodging import lodge as lodge
from .rating import RatingRefused as RatingRefused
from .rating import rate as rate
from .revealing import NothingToReveal as NothingToReveal
from .revealing import reveal as reveal
from .revealing import reveal_phone as reveal_phone
from .talking import MessageRefused as MessageRefused
from .talking import Supplement as Supplement
from .talking import SupplementRefused as SupplementRefused
from .talking import WithdrawalRefused as WithdrawalRefused
from .talking import note_seen as note_seen
from .talking import supplement as supplement
from .talking import withdraw as withdraw
from .talking import write as write
