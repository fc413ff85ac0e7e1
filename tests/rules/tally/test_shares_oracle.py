"""Equal shares against its definition followed slowly, on small elections full of ties."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from circle.tally import Completion, Election, Rule, shares, tally
from circle.tally.equal import equal_shares
from circle.tally.instance import instance_of
from tests.rules.tally import naive_shares
from tests.rules.tally.elections import sharing, sharings

unhurried = settings(deadline=None, max_examples=100)


def plain(election):
    """Costs and ballots as the oracle wants them."""
    costs = {option.id: option.cost for option in election.options}
    return costs, [ballot.choice for ballot in election.ballots]


def share_of(election):
    return Fraction(election.budget, election.cast)


def traced(purchases):
    return [(bought.id, bought.effective_votes, bought.price) for bought in purchases]


@unhurried
@given(sharings(least_cost=0))
def test_one_run_buys_what_the_definition_buys_at_its_prices(election):
    expected = naive_shares.run(*plain(election), share_of(election))
    assert traced(equal_shares(instance_of(election), share_of(election))) == expected


@unhurried
@given(sharings(Completion.ADD1, least_cost=0))
def test_add1_stops_where_the_definition_stops(election):
    expected = naive_shares.add1(*plain(election), election.budget)
    told = shares.allocate(election)
    assert (told.share, traced(told.purchases)) == expected


@unhurried
@given(sharings(Completion.ADD1U))
def test_add1u_is_add1_then_votes(election):
    _, bought = naive_shares.add1(*plain(election), election.budget)
    first = [row[0] for row in bought]
    expected = naive_shares.greedy(*plain(election), election.budget, first)
    assert list(tally(election).allocation.funded) == expected


@unhurried
@given(sharings(Completion.UTILITARIAN))
def test_utilitarian_is_one_run_then_votes(election):
    first = [row[0] for row in naive_shares.run(*plain(election), share_of(election))]
    expected = naive_shares.greedy(*plain(election), election.budget, first)
    assert list(tally(election).allocation.funded) == expected


@unhurried
@given(sharings())
def test_the_greedy_result_is_utilitarian_from_nothing(election):
    expected = naive_shares.greedy(*plain(election), election.budget)
    assert list(tally(election).greedy.funded) == expected


@unhurried
@given(sharings(Completion.ADD1U))
def test_no_completion_overspends(election):
    assert tally(election).allocation.spent <= election.budget


@unhurried
@given(sharings())
def test_each_supporter_pays_a_part_that_makes_the_cost(election):
    for bought in shares.allocate(election).purchases:
        most = bought.price * (bought.payers + bought.limited)
        assert bought.price * bought.payers <= bought.cost <= most


@unhurried
@given(sharings(Completion.ADD1U), st.randoms(use_true_random=False))
def test_the_order_and_names_of_voters_do_not_matter(election, shuffler):
    costs, ballots = plain(election)
    shuffled = shuffler.sample(ballots, len(ballots))
    renamed = sharing(costs, shuffled, election.budget, Completion.ADD1U)
    assert tally(renamed) == tally(election)


@unhurried
@given(sharings(Completion.UTILITARIAN))
def test_an_empty_ballot_thins_the_shares_but_not_the_greedy_result(election):
    costs, ballots = plain(election)
    wider = sharing(costs, [*ballots, ()], election.budget, Completion.UTILITARIAN)
    assert tally(wider).greedy == tally(election).greedy


@unhurried
@given(sharings(), st.integers(2, 5))
def test_voters_and_budget_times_the_same_number_buy_the_same_in_one_run(election, times):
    costs, ballots = plain(election)
    larger = {option: cost * times for option, cost in costs.items()}
    grown = sharing(larger, ballots * times, election.budget * times)
    assert tally(grown).allocation.funded == tally(election).allocation.funded


@unhurried
@given(sharings())
def test_a_group_that_agrees_gets_what_it_can_pay_alone(election):
    costs, ballots = plain(election)
    together = sharing(costs, [tuple(costs)] * len(ballots), election.budget)
    left = election.budget - tally(together).allocation.spent
    funded = tally(together).allocation.funded
    assert all(cost > left for option, cost in costs.items() if option not in funded)


def test_an_election_without_options_funds_nothing():
    empty = Election(rule=Rule.SHARES, electorate=2, budget=100)
    assert tally(empty).allocation.funded == ()
