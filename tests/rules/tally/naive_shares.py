"""The Method of Equal Shares as its definition says it, slowly: the oracle of the real one.

Nothing is shared with the code under test: one purse a voter, every project looked at in every
round, every price found by trying each number of voters who pay all they have.
"""

from fractions import Fraction


def run(costs, ballots, share):
    """What is bought, as (option, effective votes, price), when each voter holds `share`."""
    money, bought = [share] * len(ballots), []
    while offers := list(_offers(costs, ballots, money, {row[0] for row in bought})):
        _, option, votes, price = min(offers)
        for voter, ballot in enumerate(ballots):
            money[voter] -= min(money[voter], price) if option in ballot else 0
        bought.append((option, votes, price))
    return bought


def add1(costs, ballots, budget, step=100):
    """The last share that does not overspend, or the first that buys all, and its purchases."""
    share = Fraction(budget, len(ballots))
    bought, wanted = run(costs, ballots, share), {option for ballot in ballots for option in ballot}
    while {row[0] for row in bought} != wanted:
        following = run(costs, ballots, share + step)
        if sum(costs[row[0]] for row in following) > budget:
            break
        share, bought = share + step, following
    return share, bought


def greedy(costs, ballots, budget, start=()):
    """Then by votes, lower cost, declared order, skipping what does not fit."""
    funded = list(start)
    votes = {option: sum(option in ballot for ballot in ballots) for option in costs}
    for option in sorted(costs, key=lambda option: (-votes[option], costs[option])):
        spent = sum(costs[other] for other in funded)
        if votes[option] and option not in funded and spent + costs[option] <= budget:
            funded.append(option)
    return funded


def _offers(costs, ballots, money, bought):
    for rank, option in enumerate(costs):
        supporters = sorted(
            held for held, ballot in zip(money, ballots, strict=True) if option in ballot
        )
        if option in bought or not supporters or sum(supporters) < costs[option]:
            continue
        price = _price(supporters, costs[option])
        votes = costs[option] / price if price else Fraction(len(supporters))
        yield (-votes, costs[option], -len(supporters), rank), option, votes, price


def _price(supporters, cost):
    """The smallest of the prices that are enough, the poorest giving all they have."""
    for limited in range(len(supporters)):
        price = Fraction(cost - sum(supporters[:limited]), len(supporters) - limited)
        if sum(min(held, price) for held in supporters) >= cost:
            return price
    raise AssertionError(supporters)
